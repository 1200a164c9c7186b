using Tocsin.Server.Errors;
using Tocsin.Server.Traces.Groups;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>The name under which a segment is counted: without ids where the client took it from an address, else as the client gave it.</summary>
static class TransactionName
{
    public const string Unlabeled = "<unlabeled transaction>";
    const int Longest = 200;

    /// <param name="source">Null counts as an address only where the name looks like one: old clients send routes without saying so.</param>
    public static string Of(string? name, string? source)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return Unlabeled;
        }
        name = Cut.Off(name, Longest);
        return source switch
        {
            "url" => Clean(name),
            null or "" or "unknown" when name.Contains('/', StringComparison.Ordinal) => Clean(name),
            _ => name,
        };
    }

    /// <summary><c>GET /users/42?x=1</c> becomes <c>GET /users/*</c>.</summary>
    static string Clean(string name)
    {
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        var method =
            space is > 2 and < 10 && !name.AsSpan(0, space).ContainsAnyExceptInRange('A', 'Z') ? name[..(space + 1)] : "";
        var address = name[method.Length..];
        if (address.Contains("://", StringComparison.Ordinal))
        {
            var url = UrlShape.Of(address);
            var scheme = address[..(address.IndexOf("://", StringComparison.Ordinal) + 3)];
            return method + (url.Host is null ? url.Path : scheme + url);
        }
        var end = address.AsSpan().IndexOfAny('?', '#');
        return method + UrlShape.CleanPath(end < 0 ? address : address[..end]);
    }
}
