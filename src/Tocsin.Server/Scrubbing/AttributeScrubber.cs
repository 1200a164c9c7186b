using System.Text.Json;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Scrubbing;

/// <summary>
/// Secrets in spans: values by the name of their attribute, and what looks like a secret inside of descriptions, addresses and other texts. A text
/// is not dropped for a word in it: <c>SELECT password FROM users</c> and <c>auth.example.com</c> are what spans are about.
/// </summary>
static class AttributeScrubber
{
    public static string? Text(ScrubPass pass, string? text) =>
        pass.Rules.IsOff || text is null ? text : pass.Prose("description", QueryScrubber.Scrub(pass.Rules, text));

    /// <summary>The value to store.</summary>
    public static AttributeValue Value(ScrubPass pass, string key, AttributeValue value)
    {
        var rules = pass.Rules;
        if (rules.IsOff || rules.IsSafe(key))
        {
            return value;
        }
        if (value.Type == AttributeType.Truth || IsCount(key, value))
        {
            return value;
        }
        if (rules.RuleOfKey(key) is not null || (rules.UsesDefaults && IsSessionCookie(key)))
        {
            return AttributeValue.Of(ScrubPass.Filtered);
        }
        if (rules.ScrubsAddresses && key is "user.ip_address" or "client.address")
        {
            return AttributeValue.Of(ScrubPass.Filtered);
        }
        if (value.Type is AttributeType.Whole or AttributeType.Real)
        {
            return value;
        }
        var text = value.ToString();
        if (rules.RuleOfText(text) is "strip-fields")
        {
            return AttributeValue.Of(ScrubPass.Filtered);
        }
        var isQuery = key is "url.query" or "http.query" or "http.request.query_string";
        var scrubbed = pass.Prose(key, QueryScrubber.Scrub(rules, text, isQuery));
        return ReferenceEquals(scrubbed, text) || scrubbed is null ? value
            : value.Type == AttributeType.Json && IsJson(scrubbed) ? AttributeValue.OfJson(scrubbed)
            : AttributeValue.Of(scrubbed, value.Unit);
    }

    /// <summary>What was taken out may have reached over a quotation mark; what is left is a text then.</summary>
    static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary><c>gen_ai.usage.total_tokens</c> counts tokens and is none.</summary>
    static bool IsCount(string key, in AttributeValue value) =>
        value.Number is not null && key.EndsWith("tokens", StringComparison.Ordinal);

    static bool IsSessionCookie(string key)
    {
        const string mark = ".cookie.";
        var at = key.IndexOf(mark, StringComparison.Ordinal);
        return at >= 0 && SessionCookies.Contains(key[(at + mark.Length)..]);
    }
}
