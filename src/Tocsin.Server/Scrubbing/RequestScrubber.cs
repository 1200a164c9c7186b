using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Scrubbing;

/// <summary>The request: the address in its parts, cookies by name, the body by field or, where it is text, by what it holds.</summary>
static class RequestScrubber
{
    public static EventRequest Scrub(EventRequest request, ScrubPass pass) =>
        request with
        {
            Url = pass.Plain("url", request.Url),
            Fragment = pass.Named("fragment", request.Fragment),
            Query = Pairs("query_string", request.Query, pass, Named),
            Headers = Pairs("headers", request.Headers, pass, Header),
            Cookies = Pairs("cookies", request.Cookies, pass, Cookie),
            Data = pass.Node("data", request.Data),
            Env = Environment(pass.Bag("env", request.Env), pass),
        };

    static string? Named(NameValue pair, ScrubPass pass) => pass.Named(pair.Name, pair.Value);

    static string? Header(NameValue pair, ScrubPass pass) =>
        pair.Name == "User-Agent" ? pair.Value
        : pair is { Name: "Set-Cookie" or "Cookie", Value: { Length: > 0 } value }
        && pass.Rules.UsesDefaults
        && SessionCookies.IsIn(value)
            ? pass.Removed(pair.Name, value, SessionCookies.Rule)
        : pass.Named(pair.Name, pair.Value);

    static string? Cookie(NameValue pair, ScrubPass pass) =>
        pair.Value is { Length: > 0 } value
        && pass.Rules.UsesDefaults
        && SessionCookies.Contains(pair.Name)
        && !pass.Rules.IsSafe(pair.Name)
            ? pass.Removed(pair.Name, value, SessionCookies.Rule)
            : pass.Named(pair.Name, pair.Value);

    static IReadOnlyList<NameValue> Pairs(
        string name,
        IReadOnlyList<NameValue> pairs,
        ScrubPass pass,
        Func<NameValue, ScrubPass, string?> scrub
    ) =>
        pairs.Count == 0
            ? pairs
            : pass.Under(
                name,
                pairs,
                list =>
                {
                    NameValue[]? changed = null;
                    for (var i = 0; i < list.Count; i++)
                    {
                        var value = scrub(list[i], pass);
                        if (!ReferenceEquals(value, list[i].Value))
                        {
                            (changed ??= [.. list])[i] = list[i] with { Value = value };
                        }
                    }
                    return changed ?? list;
                }
            );

    static JsonObject? Environment(JsonObject? env, ScrubPass pass)
    {
        if (!pass.Rules.ScrubsAddresses || env is null || !env.ContainsKey("REMOTE_ADDR"))
        {
            return env;
        }
        var without = (JsonObject)env.DeepClone();
        without.Remove("REMOTE_ADDR");
        return without;
    }
}
