using System.Text;
using Tocsin.Protocol.Json;

namespace Protocol.Tests.Events;

public class TextPoolTests
{
    [Fact]
    public void A_text_that_comes_again_is_the_same_object_from_the_third_time_on()
    {
        var pool = new TextPool();
        Get(pool, "django.core.handlers").ShouldBe("django.core.handlers");
        var second = Get(pool, "django.core.handlers");
        Get(pool, "django.core.handlers").ShouldBeSameAs(second);
    }

    [Fact]
    public void Every_text_is_given_back_as_it_is_whatever_was_kept_before()
    {
        var pool = new TextPool();
        var random = new Random(5);
        string[] texts =
        [
            "",
            "ü",
            "naïve",
            "日本語",
            "a\0b",
            new string('x', 80),
            new string('x', 81),
            .. Enumerable.Range(0, 6_000).Select(i => $"{(char)('a' + (i % 26))}_{i % 3_000}"),
        ];
        for (var round = 0; round < 30_000; round++)
        {
            var text = texts[random.Next(texts.Length)];
            Get(pool, text).ShouldBe(text);
        }
    }

    static string Get(TextPool pool, string text) => pool.Get(Encoding.UTF8.GetBytes(text));
}
