namespace Tocsin.Protocol.Crashes;

/// <summary>The content type of a form with files.</summary>
public static class FormType
{
    const int LongestBoundary = 200;

    public static bool IsForm(string? contentType) =>
        contentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What stands between the parts; null: the type names none, and nobody can find them.</summary>
    public static string? Boundary(string? contentType) =>
        IsForm(contentType) && HeaderParameter.Find(contentType!, "boundary") is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : null;
}
