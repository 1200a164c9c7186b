using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors;
using Tocsin.Server.Scrubbing;

namespace Server.Tests.Errors;

/// <summary>Whoever knows a DSN can send any text: none may cost more than its length.</summary>
[Collection(Growth.Alone)]
public class LinearTimeTests
{
    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*b")]
    [InlineData("a?a?a?*a*[a-b]*b")]
    public void A_glob_matches_in_linear_time(string pattern)
    {
        var glob = Glob.Text(pattern);
        Growth.IsLinear(size => new string('a', size), text => glob.Matches(text));
    }

    [Theory]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("1:")]
    [InlineData("deadbeef1 ")]
    [InlineData("http://a ")]
    [InlineData("=\"")]
    [InlineData("2026-11-20 1")]
    public void Changing_parts_of_a_text_are_found_in_linear_time(string piece) =>
        Growth.IsLinear(size => Repeated(piece, size), Tocsin.Server.Errors.Grouping.V1.Parameterisation.ApplyToAny);

    [Theory]
    [InlineData("4111 1111 1111 111")]
    [InlineData("DE89 3704 ")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----a-----END ")]
    [InlineData("://a")]
    [InlineData("://a@")]
    [InlineData("/home/")]
    [InlineData("bearer ")]
    [InlineData("token-")]
    [InlineData("author")]
    [InlineData("123-45-678")]
    [InlineData("1.2.3.")]
    [InlineData("a:1:")]
    [InlineData("a.a@a.")]
    [InlineData("password=\"")]
    public void Secrets_are_found_in_linear_time(string piece)
    {
        var rules = ScrubRules.For(new() { ScrubIPAddresses = true, SensitiveFields = ["swordfish"] });
        Growth.IsLinear(size => Repeated(piece, size), text => EventScrubber.Scrub(Everywhere(text), rules));
    }

    static ErrorEvent Everywhere(string text) =>
        new()
        {
            LogEntry = new(null, text, null),
            Exceptions = [new() { Value = text }],
            Breadcrumbs = [new() { Message = text }],
            Extra = new JsonObject { ["x"] = text },
        };

    static string Repeated(string piece, int size) => string.Concat(Enumerable.Repeat(piece, size / piece.Length));
}
