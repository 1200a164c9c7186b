using System.Text.Json;
using Tocsin.Protocol.Events;

namespace Server.Tests.Errors.Normalise;

public class NameTests
{
    [Theory]
    [InlineData("shop@2.1.0+b7", "shop@2.1.0+b7")]
    [InlineData("  shop@2.1  ", "shop@2.1")]
    [InlineData("a/b", null)]
    [InlineData("a\\b", null)]
    [InlineData("a\nb", null)]
    [InlineData("a\tb", null)]
    [InlineData(".", null)]
    [InlineData("..", null)]
    [InlineData("Latest", null)]
    public void A_release_is_a_legal_name_or_nothing(string sent, string? release)
    {
        var e = With("release", sent);
        e.Release.ShouldBe(release);
        e.Notes.Any(note => note is { Path: "release", Kind: "invalid_data" }).ShouldBe(release is null);
    }

    [Fact]
    public void A_release_of_more_than_200_characters_is_dropped_with_a_note()
    {
        var e = With("release", new string('r', 201));
        e.Release.ShouldBeNull();
        e.Notes.ShouldContain(note => note.Path == "release" && note.Kind == "value_too_long");
        With("release", new string('r', 200)).Release.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("build-7.a_b", "build-7.a_b")]
    [InlineData("build 7", null)]
    [InlineData("bäume", null)]
    public void A_distribution_has_letters_digits_and_a_few_signs(string sent, string? dist) =>
        With("dist", sent).Dist.ShouldBe(dist);

    [Theory]
    [InlineData("production", "production")]
    [InlineData("none", null)]
    [InlineData("a/b", null)]
    [InlineData("", null)]
    public void An_environment_is_a_legal_name_or_nothing(string sent, string? environment) =>
        With("environment", sent).Environment.ShouldBe(environment);

    [Fact]
    public void A_tag_names_the_environment_where_the_field_does_not()
    {
        var e = SomeErrors.Normalised("""{"tags":{"environment":"staging"}}""");
        e.Environment.ShouldBe("staging");
        e.Tags.ShouldBeEmpty();
        SomeErrors.Normalised("""{"environment":"prod","tags":{"environment":"staging"}}""").Environment.ShouldBe("prod");
    }

    [Fact]
    public void Of_a_long_logger_the_last_words_stay()
    {
        var logger = With("logger", string.Join('.', Enumerable.Repeat("package", 12)) + ".orders").Logger!;
        logger.Length.ShouldBeLessThanOrEqualTo(64);
        logger.ShouldStartWith("*package.");
        logger.ShouldEndWith(".orders");
        With("logger", new string('x', 80)).Logger.ShouldBe("*" + new string('x', 63));
    }

    [Fact]
    public void A_long_transaction_is_cut_and_noted()
    {
        var e = With("transaction", " /" + new string('t', 300));
        e.Transaction!.Length.ShouldBe(200);
        e.Notes.ShouldContain(new FieldNote("transaction", "", Length: 301, Rule: "!limit", Remark: "s"));
    }

    [Theory]
    [InlineData("python", "python")]
    [InlineData("cobol", "other")]
    [InlineData("", "other")]
    public void A_platform_is_a_known_one_or_other(string sent, string platform) =>
        With("platform", sent).Platform.ShouldBe(platform);

    [Theory]
    [InlineData("""{"exception":{"values":[{"type":"E"}]},"type":"default"}""", "error")]
    [InlineData("""{"message":"hi","type":"error"}""", "default")]
    [InlineData("""{"message":"hi","threads":[{"stacktrace":{"frames":[{"function":"f"}]}}]}""", "default")]
    [InlineData("""{"threads":[{"stacktrace":{"frames":[{"function":"f"}]}}]}""", "error")]
    [InlineData("""{"type":"csp","csp":{"effective_directive":"img-src"}}""", "csp")]
    [InlineData("{}", "default")]
    public void The_type_follows_from_the_content(string json, string type) => SomeErrors.Normalised(json).Type.ShouldBe(type);

    [Fact]
    public void An_event_without_anything_has_id_times_level_and_platform()
    {
        var e = SomeErrors.Normalised("{}");
        e.Id.ShouldNotBeNull();
        e.Timestamp.ShouldBe(SomeErrors.Now);
        e.Received.ShouldBe(SomeErrors.Now);
        e.Level.ShouldBe("error");
        e.Platform.ShouldBe("other");
    }

    [Fact]
    public void Nul_characters_are_gone_everywhere()
    {
        var e = SomeErrors.Normalised(
            """
            {"transaction":"a\u0000b","exception":[{"value":"c\u0000","stacktrace":{"frames":[{"function":"f\u0000","vars":{"k\u0000":["v\u0000"]}}]}}],
            "request":{"headers":[["A","b\u0000"]]},"extra":{"x":{"y":"\u0000z"}},"tags":{"t":"\u0000u"},"breadcrumbs":[{"message":"m\u0000"}]}
            """
        );
        EventWriter.Write(e).AsSpan().IndexOf("\\u0000"u8).ShouldBe(-1);
        e.Transaction.ShouldBe("ab");
        e.Extra!["x"]!["y"]!.GetValue<string>().ShouldBe("z");
    }

    static ErrorEvent With(string key, string value) =>
        SomeErrors.Normalised($$"""{"{{key}}":{{JsonSerializer.Serialize(value)}}}""");
}
