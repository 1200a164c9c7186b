using System.IO.Compression;
using System.Text;
using Protocol.Tests.Samples;
using Tocsin.Protocol;

namespace Protocol.Tests;

public class StoreBodyTests
{
    const string Json = """{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","message":"grüße ÿþ??>>"}""";

    public static TheoryData<string> Bodies
    {
        get
        {
            var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes(Json));
            var packed = Convert.ToBase64String(Deflate(Encoding.UTF8.GetBytes(Json)));
            return
            [
                Json,
                " \n" + Json,
                "\uFEFF" + Json,
                plain,
                plain.TrimEnd('='),
                Lines(plain),
                UrlSafe(plain),
                packed,
                packed.TrimEnd('='),
                Lines(packed) + "\r\n",
                UrlSafe(packed),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Every_form_decodes_to_the_JSON(string body) => Text(Encoding.UTF8.GetBytes(body)).ShouldBe(Json);

    [Theory]
    [MemberData(nameof(Bodies))]
    public void The_pixels_parameter_takes_the_same_forms(string body)
    {
        StoreBody.TryDecodeQuery(Uri.EscapeDataString(body), 4096, out var json, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(json.Value.Span).Trim('\uFEFF').ShouldBe(Json);
    }

    [Fact]
    public void A_plus_in_the_pixels_parameter_is_a_space_in_JSON_and_a_symbol_in_base64()
    {
        StoreBody.TryDecodeQuery("%7B%22message%22:+%22a+b%22%7D", 4096, out var json, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(json.Value.Span).ShouldBe("""{"message": "a b"}""");
        const string tricky = """{"a":">>>>>>"}""";
        var symbols = Convert.ToBase64String(Encoding.UTF8.GetBytes(tricky));
        symbols.ShouldContain('+');
        StoreBody.TryDecodeQuery(symbols, 4096, out json, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(json.Value.Span).ShouldBe(tricky);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("base64+zlib")]
    public void Captured_bodies_are_among_them(string encoding)
    {
        var captures = Capture
            .OfKind("store")
            .Where(capture => capture.Manifest["store_encoding"]!.GetValue<string>() == encoding)
            .ToList();
        captures.ShouldNotBeEmpty();
        foreach (var capture in captures)
        {
            StoreBody.TryDecode(capture.Body(), 1 << 20, out var json, out _).ShouldBeTrue();
            json.Value.Length.ShouldBe(capture.Manifest["decoded_bytes"]!.GetValue<int>());
            json.Value.Span[0].ShouldBe((byte)'{');
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Nothing_is_refused_as_empty(string body) => Refused(body).ShouldBe(Refusal.EmptyBody);

    [Fact]
    public void What_is_base64_of_nothing_readable_is_refused_as_JSON()
    {
        var refusal = Refused(Convert.ToBase64String("neither JSON nor zlib"u8));
        refusal.Status.ShouldBe(400);
        refusal.Message.ShouldBe("invalid JSON data: neither an object nor one in zlib and base64");
    }

    [Fact]
    public void A_bomb_is_too_large_and_is_not_unpacked()
    {
        var bomb = Convert.ToBase64String(Deflate(new byte[64 << 20]));
        bomb.Length.ShouldBeLessThan(100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bomb).ShouldBe(Refusal.TooLarge(ItemType.Event));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void Plain_JSON_has_the_same_limit() =>
        Refused("{\"a\":\"" + new string('x', 5000)).ShouldBe(Refusal.TooLarge(ItemType.Event));

    static string Text(byte[] body)
    {
        StoreBody.TryDecode(body, 4096, out var json, out var refusal).ShouldBeTrue(refusal?.Message);
        return Encoding.UTF8.GetString(json.Value.Span);
    }

    static Refusal Refused(string body)
    {
        StoreBody.TryDecode(Encoding.UTF8.GetBytes(body), 4096, out _, out var refusal).ShouldBeFalse();
        return refusal;
    }

    static byte[] Deflate(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var deflating = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            deflating.Write(bytes);
        }
        return packed.ToArray();
    }

    static string UrlSafe(string base64) => base64.Replace('+', '-').Replace('/', '_');

    static string Lines(string base64) => string.Join("\r\n", base64.Chunk(20).Select(line => new string(line)));
}
