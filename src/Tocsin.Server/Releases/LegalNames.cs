using System.Buffers;

namespace Tocsin.Server.Releases;

/// <summary>
/// What a release, a distribution and an environment may be called: names by which people navigate, each a row of its project for as long as there
/// is one. Fault: why a name is none; null: it is one.
/// </summary>
static class LegalNames
{
    public const int LongestRelease = 200;
    public const int LongestDist = 64;
    public const int LongestEnvironment = 64;

    static readonly SearchValues<char> DistCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
    );

    static readonly SearchValues<char> NotInReleases = SearchValues.Create("\0\r\n\t\f\v/\\");

    /// <summary>The name without the blanks around it; null: no release may be called so.</summary>
    public static string? Release(string? name) =>
        name?.Trim() is { Length: > 0 and <= LongestRelease } trimmed && ReleaseFault(trimmed) is null ? trimmed : null;

    /// <summary>As of a release.</summary>
    public static string? Environment(string? name) =>
        name?.Trim() is { Length: > 0 and <= LongestEnvironment } trimmed && EnvironmentFault(trimmed) is null ? trimmed : null;

    public static string? ReleaseFault(string name) =>
        name.AsSpan().ContainsAny(NotInReleases) ? "line breaks, tabs and slashes are not allowed"
        : name is "." or ".." || name.Equals("latest", StringComparison.OrdinalIgnoreCase) ? "reserved name"
        : null;

    public static string? DistFault(string name) =>
        name.AsSpan().ContainsAnyExcept(DistCharacters) ? "only letters, digits, '_', '.' and '-' are allowed" : null;

    public static string? EnvironmentFault(string name) =>
        name.AsSpan().ContainsAny("\0\r\n/") ? "line breaks and slashes are not allowed"
        : name.Equals("none", StringComparison.OrdinalIgnoreCase) ? "reserved name"
        : null;
}
