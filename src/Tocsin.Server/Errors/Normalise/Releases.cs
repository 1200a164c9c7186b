using System.Buffers;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Release, distribution and environment: names by which people navigate, so an illegal one is dropped, never bent.</summary>
static class Releases
{
    static readonly SearchValues<char> DistCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
    );

    static readonly SearchValues<char> NotInReleases = SearchValues.Create("\r\n\t\f\v/\\");

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Release = Checked(e.Release ?? around.Release, "release", 200, ReleaseFault, notes),
            Dist = Checked(e.Dist, "dist", 64, DistFault, notes),
            Environment = Checked(
                Names.NotEmpty(e.Environment) ?? around.Environment ?? TagOf(e),
                "environment",
                64,
                EnvironmentFault,
                notes
            ),
        };

    static string? TagOf(ErrorEvent e) => e.Tags.FirstOrDefault(tag => tag.Key == "environment")?.Value;

    static string? Checked(string? name, string path, int longest, Func<string, string?> faultOf, NoteBook notes)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }
        if (name.Length > longest)
        {
            notes.Dropped(path, "value_too_long", name, $"longer than {longest} characters");
            return null;
        }
        if (faultOf(name) is { } fault)
        {
            notes.Dropped(path, "invalid_data", name, fault);
            return null;
        }
        return name;
    }

    static string? ReleaseFault(string name) =>
        name.AsSpan().ContainsAny(NotInReleases) ? "line breaks, tabs and slashes are not allowed"
        : name is "." or ".." || name.Equals("latest", StringComparison.OrdinalIgnoreCase) ? "reserved name"
        : null;

    static string? DistFault(string name) =>
        name.AsSpan().ContainsAnyExcept(DistCharacters) ? "only letters, digits, '_', '.' and '-' are allowed" : null;

    static string? EnvironmentFault(string name) =>
        name.AsSpan().ContainsAny("\r\n/") ? "line breaks and slashes are not allowed"
        : name.Equals("none", StringComparison.OrdinalIgnoreCase) ? "reserved name"
        : null;
}
