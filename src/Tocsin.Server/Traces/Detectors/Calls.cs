using System.Collections.Frozen;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>What the detectors of HTTP calls agree on.</summary>
static class Calls
{
    static readonly FrozenSet<string> Assets = new[]
    {
        "js",
        "css",
        "svg",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "ico",
        "mp3",
        "mp4",
        "webm",
        "woff",
        "woff2",
        "ttf",
        "map",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A call that the program makes for data; files and what frameworks fetch ahead are not its decision.</summary>
    public static bool IsForData(SpanRow span) =>
        span is { Op: "http.client", Group: not 0 }
        && AddressOf(span) is { } address
        && !address.Contains("/_next/", StringComparison.Ordinal)
        && !IsAsset(address);

    public static string? AddressOf(SpanRow span) => span.Url ?? span.Description;

    /// <summary>Calls of one address that ask for other things differ in this: the column lacks the query, and most descriptions do.</summary>
    public static (string?, string?, string?) AskedFor(SpanRow span) =>
        (span.Description, span.Url, SegmentSpans.Text(span, "url.full", "http.url", "url", "http.query", "url.query"));

    public static bool IsAsset(string address) => Assets.Contains(ExtensionOf(address));

    /// <summary>Without the dot; empty when the path's last part has none.</summary>
    public static string ExtensionOf(string address)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? address : address[..end];
        var slash = path.LastIndexOf('/');
        var dot = path.LastIndexOf('.');
        return dot > slash && slash >= 0 && dot > path.IndexOf("://", StringComparison.Ordinal) + 2 && !IsHost(path, slash)
            ? path[(dot + 1)..]
            : "";
    }

    // Of https://example.com the last dot is the host's.
    static bool IsHost(string path, int slash) => slash > 0 && path[slash - 1] == '/';
}
