using Tocsin.Protocol.Events;

namespace Server.Tests.Errors.Normalise;

public class RequestTests
{
    [Fact]
    public void Cookies_leave_their_header_and_names_get_one_spelling()
    {
        var request = Request("""{"headers":{"cookie":"a=1; b=two=2; c","x-forwarded-for":"x","ETag":"e"}}""");
        request.Cookies.ShouldBe([new("a", "1"), new("b", "two=2"), new("c", "")]);
        request.Headers.ShouldBe([new("X-Forwarded-For", "x"), new("Etag", "e")]);
    }

    [Theory]
    [InlineData("""{"data":"{\"a\":1,\"a\":2}"}""", """{"a":2}""", "application/json")]
    [InlineData("""{"data":" [1,2] "}""", "[1,2]", "application/json")]
    [InlineData("""{"data":"a=1&b=x+y%21&b=2"}""", """{"a":"1","b":["x y!","2"]}""", "application/x-www-form-urlencoded")]
    [InlineData(
        """{"data":{"a":1},"headers":{"Content-Type":"application/json; charset=utf-8"}}""",
        """{"a":1}""",
        "application/json"
    )]
    [InlineData("""{"data":"a sentence, x = y"}""", "\"a sentence, x = y\"", null)]
    [InlineData("""{"data":"{not json"}""", "\"{not json\"", null)]
    [InlineData("""{"data":"{\"a\":\"\\ud83d\"}"}""", "\"{\\\"a\\\":\\\"\\\\ud83d\\\"}\"", null)]
    [InlineData("""{"data":"{\"\\ud83d\":1}"}""", "\"{\\\"\\\\ud83d\\\":1}\"", null)]
    [InlineData("""{"data":"a=1","headers":{"content-type":"text/plain"}}""", "\"a=1\"", "text/plain")]
    public void A_body_is_read_by_its_form(string request, string body, string? type)
    {
        var read = Request(request);
        read.Data!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .ShouldBe(body);
        read.InferredContentType.ShouldBe(type);
    }

    [Fact]
    public void Query_and_fragment_are_apart_from_the_address()
    {
        var request = Request("""{"url":"https://shop.example/cart?id=7&x#top"}""");
        request.Url.ShouldBe("https://shop.example/cart");
        request.Query[0].ShouldBe(new("id", "7"));
        request.Fragment.ShouldBe("top");
    }

    [Fact]
    public void A_body_nested_without_end_is_left_as_text() =>
        Request($$"""{"data":"{{new string('[', 3000)}}"}""")
            .Data!.GetValueKind()
            .ShouldBe(System.Text.Json.JsonValueKind.String);

    static EventRequest Request(string json) => SomeErrors.Normalised($$"""{"request":{{json}}}""").Request!;
}
