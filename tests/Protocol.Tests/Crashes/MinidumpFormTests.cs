using System.Text;
using Tocsin.Protocol.Crashes;

namespace Protocol.Tests.Crashes;

public class MinidumpFormTests
{
    const string A = "0123456789abcdef0123456789abcdef";
    const string B = "fedcba98-7654-3210-fedc-ba9876543210";

    [Theory]
    [InlineData("", null)]
    [InlineData("sentry=not JSON", null)]
    [InlineData("sentry={\"event_id\":\"nonsense\"}", null)]
    [InlineData($"sentry={{\"event_id\":\"{A}\"}}", A)]
    [InlineData($"sentry[event_id]={A}", A)]
    [InlineData($"sentry___event_id={A}|sentry___contexts={{}}", A)]
    [InlineData($"sentry[event_id]={B}|sentry={{\"event_id\":\"{A}\"}}", A)]
    [InlineData("sentry__2=0123456789abcdef\"}|sentry__1={\"event_id\":\"0123456789abcdef", A)]
    [InlineData("sentry__10=def\"}|sentry__9=0123456789abc|sentry__1={\"event_id\":\"0123456789abcdef", A)]
    public void A_client_names_its_event_in_one_of_several_ways(string fields, string? id) =>
        MinidumpForm.FindId(Parts(fields)).ToString().ShouldBe(id ?? "");

    [Fact]
    public void The_event_in_MessagePack_comes_first()
    {
        byte[] packed = [0x82, 0xA1, (byte)'x', 0xC0, .. Text("event_id"), 0xD9, 36, .. Encoding.ASCII.GetBytes(B)];
        var framer = new MultipartFramer("b", MinidumpForm.Keeps);
        framer.Feed(
            Encoding.ASCII.GetBytes($"--b\r\nContent-Disposition: form-data; name=sentry\r\n\r\n{{\"event_id\":\"{A}\"}}\r\n")
        );
        framer.Feed("--b\r\nContent-Disposition: form-data; name=\"__sentry-event\"; filename=\"__sentry-event\"\r\n\r\n"u8);
        framer.Feed(packed);
        framer.Feed("\r\n--b--"u8);
        framer.Finish().ShouldBeTrue();

        MinidumpForm.FindId(framer.Parts).ShouldNotBeNull().ToUuid().ShouldBe(B);
    }

    [Fact]
    public void A_packed_event_without_an_id_has_none()
    {
        byte[][] events =
        [
            [0x80],
            [0x81, 0x01, 0x02],
            [0xC0],
            [],
            [0x81, .. Text("event_id"), 0xC0],
            [0x81, .. Text("event_id"), .. Text("nonsense")],
            [0x82, .. Text("a"), 0xDF, 0xFF, 0xFF, 0xFF, 0xFF, .. Text("event_id")],
            [0x81, .. Text("a"), 0xDB, 0x7F, 0xFF, 0xFF, 0xFF],
            [0xDF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x81, .. Text("event_id"), 0xD9],
        ];
        foreach (var packed in events)
        {
            PackedEvent.ReadId(packed).ShouldBeNull(Convert.ToHexString(packed));
        }
    }

    [Fact]
    public void Values_of_every_kind_are_passed_over_on_the_way_to_the_id()
    {
        byte[][] values =
        [
            [0x7F],
            [0xE0],
            [0xC2],
            [0xC4, 2, 1, 2],
            [0xC5, 0, 1, 9],
            [0xC7, 1, 5, 9],
            [0xCA, 1, 2, 3, 4],
            [0xCB, 1, 2, 3, 4, 5, 6, 7, 8],
            [0xCC, 1],
            [0xCF, 1, 2, 3, 4, 5, 6, 7, 8],
            [0xD3, 1, 2, 3, 4, 5, 6, 7, 8],
            [0xD4, 1, 2],
            [0xD6, 1, 2, 3, 4, 5],
            [0xDA, 0, 1, (byte)'x'],
            [0x92, 0x91, 0x01, 0x81, 0x01, 0x02],
            [0xDC, 0, 2, 1, 2],
            [0xDE, 0, 1, 1, 0x90],
        ];
        List<byte> packed = [0xDE, 0, (byte)(values.Length + 1)];
        foreach (var value in values)
        {
            packed.AddRange([.. Text("k"), .. value]);
        }
        packed.AddRange([.. Text("event_id"), 0xD9, 32, .. Encoding.ASCII.GetBytes(A)]);

        PackedEvent.ReadId(packed.ToArray()).ToString().ShouldBe(A);
    }

    static byte[] Text(string text) => [(byte)(0xA0 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    static IReadOnlyList<FormPart> Parts(string fields)
    {
        var body = new StringBuilder();
        foreach (var field in fields.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = field.Split('=', 2);
            body.Append($"--b\r\nContent-Disposition: form-data; name=\"{pair[0]}\"\r\n\r\n{pair[1]}\r\n");
        }
        var framer = new MultipartFramer("b", MinidumpForm.Keeps);
        framer.Feed(Encoding.UTF8.GetBytes(body.Append("--b--").ToString())).ShouldBeTrue();
        framer.Finish().ShouldBeTrue();
        return framer.Parts;
    }
}
