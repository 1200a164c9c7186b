namespace Tocsin.Server.Metadata;

/// <summary>Patterns for <c>LIKE … ESCAPE '\'</c>; compare with <c>LOWER(column)</c>, because only SQLite ignores case by itself.</summary>
static class Like
{
    /// <summary>Null for nothing to look for.</summary>
    public static string? Containing(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : $"%{Escape(text.Trim().ToLowerInvariant())}%";

    static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
