using System.Buffers;
using System.Net;

namespace Tocsin.Server.Traces.Groups;

/// <summary>An address without what differs from call to call: credentials, port, query, fragment, and the ids in host and path.</summary>
readonly record struct UrlShape(string? Host, string Path)
{
    /// <summary>Of a host's name.</summary>
    const int LongestUsual = 256;

    static readonly SearchValues<char> Slash = SearchValues.Create("/");
    static readonly SearchValues<char> InFileNames = SearchValues.Create("/.-_~");
    static readonly SearchValues<char> InHosts = SearchValues.Create(".-");
    static readonly SearchValues<char> EndOfPath = SearchValues.Create("?#;");

    /// <summary><c>api.example.com/users/*</c>; a relative address has no host.</summary>
    public override string ToString() => Host + Path;

    /// <param name="isFile">File names hold hashes between their words: <c>main.3f2a91c0.js</c>.</param>
    public static UrlShape Of(ReadOnlySpan<char> url, bool isFile = false)
    {
        var rest = url.Trim();
        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 && !rest.StartsWith('/') && rest.IndexOf(':') is > 0 and < 12 and var colon)
        {
            // data:, blob:, about:, chrome-extension: and their like hold nothing that groups.
            return new(null, rest[..(colon + 1)].ToString() + "*");
        }
        string? host = null;
        if (scheme >= 0)
        {
            var name = rest[..scheme];
            rest = rest[(scheme + 3)..];
            var end = rest.IndexOfAny('/', '?', '#');
            var authority = end < 0 ? rest : rest[..end];
            rest = end < 0 ? "/" : rest[end..];
            if (name.EndsWith("-extension", StringComparison.OrdinalIgnoreCase))
            {
                return new(null, $"{name}://*");
            }
            host = HostOf(authority);
        }
        var stop = rest.IndexOfAny(EndOfPath);
        return new(host, Identifiers.Clean(stop < 0 ? rest : rest[..stop], isFile ? InFileNames : Slash));
    }

    /// <summary>A path's ids as <c>*</c>, for names that are one.</summary>
    public static string CleanPath(string path) => Identifiers.Clean(path, Slash);

    /// <summary>Without credentials and port, in small letters; addresses of machines and labels that are ids become stars.</summary>
    public static string HostOf(ReadOnlySpan<char> authority)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (host.StartsWith('['))
        {
            return host is "[::1]" || host.StartsWith("[::1]:") ? "[::1]" : "[*]";
        }
        var port = host.LastIndexOf(':');
        host = port < 0 ? host : host[..port];
        if (host.Length > 0 && char.IsAsciiDigit(host[^1]) && IPAddress.TryParse(host, out var address))
        {
            return IPAddress.IsLoopback(address) ? host.ToString() : "*.*.*.*";
        }
        Span<char> lowered = host.Length <= LongestUsual ? stackalloc char[LongestUsual] : new char[host.Length];
        return Identifiers.Clean(lowered[..host.ToLowerInvariant(lowered)], InHosts);
    }
}
