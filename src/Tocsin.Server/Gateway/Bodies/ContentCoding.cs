namespace Tocsin.Server.Gateway.Bodies;

/// <summary>A compression that clients use for request bodies.</summary>
enum ContentCoding
{
    Gzip,

    /// <summary>The zlib format; raw deflate, which some clients send under this name, is told apart by its first bytes.</summary>
    Deflate,
    Brotli,
    Zstd,
}

/// <summary>Reads <c>Content-Encoding</c>: a list in the order the codings were applied, so that the last is undone first.</summary>
static class ContentCodings
{
    /// <summary>More layers than this serve only bombs.</summary>
    const int MostLayers = 3;

    static readonly ContentCoding[] Gzip = [ContentCoding.Gzip];

    /// <summary>
    /// In the order of decoding. Names we do not know, and an empty value (Ruby sends one), count as identity: what was not
    /// compressed is then read, and what was is refused as a broken body. False: too many layers.
    /// </summary>
    public static bool TryParse(string? header, out IReadOnlyList<ContentCoding> codings)
    {
        codings =
            header is "gzip" ? Gzip
            : string.IsNullOrEmpty(header) ? []
            : ParseList(header);
        return codings.Count <= MostLayers;
    }

    /// <summary>The value to keep with a body, such that <see cref="TryParse"/> gives the same codings.</summary>
    public static string Name(IReadOnlyList<ContentCoding> codings) =>
        codings.Count == 0 ? "" : string.Join(", ", codings.Reverse().Select(Name));

    static string Name(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Gzip => "gzip",
            ContentCoding.Deflate => "deflate",
            ContentCoding.Brotli => "br",
            _ => "zstd",
        };

    static List<ContentCoding> ParseList(string header)
    {
        var codings = new List<ContentCoding>();
        foreach (var range in header.AsSpan().Split(','))
        {
            if (Parse(header.AsSpan(range).Trim()) is { } coding)
            {
                codings.Insert(0, coding);
            }
        }
        return codings;
    }

    static ContentCoding? Parse(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[8];
        return name.Length > lower.Length
            ? null
            : lower[..name.ToLowerInvariant(lower)] switch
            {
                "gzip" or "x-gzip" => ContentCoding.Gzip,
                "deflate" => ContentCoding.Deflate,
                "br" => ContentCoding.Brotli,
                "zstd" => ContentCoding.Zstd,
                _ => null,
            };
    }
}
