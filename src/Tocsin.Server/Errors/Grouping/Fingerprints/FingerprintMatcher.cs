using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.Fingerprints;

/// <summary>One <c>name:pattern</c> of a fingerprint rule.</summary>
sealed class FingerprintMatcher
{
    readonly string key;
    readonly string pattern;
    readonly bool negated;
    readonly Glob glob;
    readonly string[] families;

    FingerprintMatcher(string key, string pattern, bool negated, Subject subject)
    {
        this.key = key;
        this.pattern = pattern;
        this.negated = negated;
        Subject = subject;
        families = key == "family" ? pattern.Split(',', StringSplitOptions.TrimEntries) : [];
        glob = key switch
        {
            "path" or "package" => Glob.Path(pattern),
            "module" or "function" => Glob.Text(pattern),
            _ => Glob.Text(pattern, ignoreCase: true),
        };
    }

    public Subject Subject { get; }

    /// <summary>Null for a name we do not know.</summary>
    public static FingerprintMatcher? Create(string name, string pattern, bool negated)
    {
        var key = name switch
        {
            "error.type" => "type",
            "error.value" => "value",
            "stack.module" => "module",
            "stack.abs_path" => "path",
            "stack.package" => "package",
            "stack.function" => "function",
            _ => name,
        };
        Subject? subject = key switch
        {
            "type" or "value" => Subject.Exception,
            "module" or "path" or "package" or "function" or "app" => Subject.Frame,
            "message" or "logger" or "level" or "family" or "sdk" or "release" or "transaction" or "environment" => Subject.Event,
            _ when key.StartsWith("tags.", StringComparison.Ordinal) => Subject.Event,
            _ => null,
        };
        return subject is null ? null : new(key, pattern, negated, subject.Value);
    }

    public bool Matches(ExceptionValue exception) => Holds(key == "type" ? exception.Type : exception.Value) != negated;

    public bool Matches(FrameFacts frame) =>
        negated
        != key switch
        {
            "path" => Holds(frame.Path) || Holds(frame.Path?[1..]),
            "package" => Holds(frame.Package) || Holds(frame.Package?[1..]),
            "module" => Holds(frame.Module),
            "function" => Holds(frame.Function),
            _ => (frame.InApp ?? false) == pattern is "yes" or "1" or "true",
        };

    public bool Matches(ErrorEvent e) =>
        negated
        != key switch
        {
            "message" => Holds(e.LogEntry?.Formatted) || Holds(e.LogEntry?.Message) || e.Exceptions.Any(x => Holds(x.Value)),
            "logger" => Holds(e.Logger),
            "level" => Holds(e.Level),
            "family" => IsOfFamily(PlatformFamily.Of(e.Platform)),
            "sdk" => Holds(e.Sdk?.Name),
            "release" => Holds(e.Release),
            "transaction" => Holds(e.Transaction),
            "environment" => Holds(e.Environment),
            _ => Holds(FingerprintVariables.Tag(e, key["tags.".Length..])),
        };

    bool IsOfFamily(string family)
    {
        foreach (var wanted in families)
        {
            if (PlatformFamily.Is(family, wanted))
            {
                return true;
            }
        }
        return false;
    }

    bool Holds(string? text) => text is not null && glob.Matches(text);
}

enum Subject
{
    Event,
    Exception,
    Frame,
}
