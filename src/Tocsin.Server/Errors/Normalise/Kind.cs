using System.Collections.Frozen;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Platform, level and type: three words that always are one of a known list.</summary>
static class Kind
{
    static readonly FrozenSet<string> Platforms = new[]
    {
        "as3",
        "c",
        "cfml",
        "cocoa",
        "csharp",
        "dart",
        "elixir",
        "go",
        "groovy",
        "haskell",
        "java",
        "javascript",
        "native",
        "node",
        "objc",
        "other",
        "perl",
        "php",
        "powershell",
        "python",
        "ruby",
        "rust",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Platform = Platform(e.Platform, notes),
            Level = e.Level ?? "error",
            Type = TypeOf(e),
        };

    static string Platform(string? name, NoteBook notes)
    {
        if (name is null or "")
        {
            return "other";
        }
        if (Platforms.Contains(name))
        {
            return name;
        }
        notes.Dropped("platform", "invalid_data", name, "unknown platform");
        return "other";
    }

    // What the client states counts only where the content cannot tell.
    static string TypeOf(ErrorEvent e) =>
        e.SecurityReport is not null && e.Type is "csp" or "hpkp" or "expectct" or "expectstaple" ? e.Type
        : e.Exceptions.Count > 0 ? "error"
        : e.LogEntry is null && (e.StackTrace is not null || e.Threads.Any(thread => thread.StackTrace is not null)) ? "error"
        : "default";
}
