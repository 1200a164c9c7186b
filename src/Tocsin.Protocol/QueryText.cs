using Tocsin.Protocol.Events;

namespace Tocsin.Protocol;

/// <summary>Names and values of a query string, a form body or a cookie header.</summary>
static class QueryText
{
    /// <summary>Undoes percent encoding and <c>+</c>; a broken sequence stays as it is.</summary>
    public static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : Uri.UnescapeDataString(text.ToString().Replace('+', ' '));

    /// <param name="query">With or without the question mark.</param>
    public static IReadOnlyList<NameValue> Pairs(string query)
    {
        var pairs = new List<NameValue>();
        var rest = query.AsSpan().TrimStart('?');
        foreach (var range in rest.Split('&'))
        {
            var pair = rest[range];
            if (!pair.IsEmpty)
            {
                var equals = pair.IndexOf('=');
                pairs.Add(equals < 0 ? new(Decode(pair), "") : new(Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
            }
        }
        return pairs.Count > 0 ? pairs : [];
    }

    /// <summary>Cookies are not percent-encoded by any rule, so they stay as they are.</summary>
    public static IReadOnlyList<NameValue> Cookies(string header)
    {
        var pairs = new List<NameValue>();
        var rest = header.AsSpan();
        foreach (var range in rest.Split(';'))
        {
            var pair = rest[range].Trim();
            if (!pair.IsEmpty)
            {
                var equals = pair.IndexOf('=');
                pairs.Add(
                    equals < 0 ? new(pair.ToString(), "") : new(pair[..equals].ToString(), pair[(equals + 1)..].ToString())
                );
            }
        }
        return pairs.Count > 0 ? pairs : [];
    }
}
