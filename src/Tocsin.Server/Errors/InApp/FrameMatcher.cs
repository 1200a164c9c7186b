using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.InApp;

/// <summary>One <c>name:pattern</c> of a stack trace rule.</summary>
sealed record FrameMatcher(FrameField Field, string Pattern, bool Negated)
{
    readonly Glob glob = Field is FrameField.Path or FrameField.Package ? Glob.FoldedPath(Pattern) : Glob.Text(Pattern);
    readonly string? rooted = Field is FrameField.Path or FrameField.Package && Pattern is not ['/' or '*', ..] ? Pattern : null;
    readonly string[] families = Field is FrameField.Family ? Pattern.Split(',', StringSplitOptions.TrimEntries) : [];

    /// <summary>Text that the frame's own holds if it matches; empty where that cannot be said.</summary>
    public string Piece =>
        Negated || Field is not (FrameField.Path or FrameField.Package or FrameField.Module or FrameField.Function)
            ? ""
            : glob.Needle;

    /// <summary>Looks at the exception that owns the stack, not at the frame.</summary>
    public bool IsAboutException => Field is FrameField.Type or FrameField.Value or FrameField.Mechanism;

    public bool Matches(FrameFacts frame, ExceptionValue? exception) => Holds(frame, exception) != Negated;

    bool Holds(FrameFacts frame, ExceptionValue? exception) =>
        Field switch
        {
            FrameField.Family => IsOfFamily(frame.Family),
            FrameField.Path => MatchesPath(frame.Path),
            FrameField.Package => MatchesPath(frame.Package),
            FrameField.Module => Matches(frame.Module),
            FrameField.Function => Matches(frame.Function),
            FrameField.Category => Matches(frame.Category),
            FrameField.App => (frame.InApp ?? false) == Pattern is "yes" or "1" or "true",
            FrameField.Type => Matches(exception?.Type),
            FrameField.Value => Matches(exception?.Value),
            FrameField.Mechanism => Matches(exception?.Mechanism?.Type),
            _ => false,
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

    bool Matches(string? text) => text is not null && glob.Matches(text);

    // The folded path begins with a slash; a pattern without one is meant for the path as sent.
    bool MatchesPath(string? path) =>
        path is not null && (glob.Matches(path) || (rooted is not null && glob.Matches(path.AsSpan(1))));

    public override string ToString() => $"{(Negated ? "!" : "")}{Field.ToString().ToLowerInvariant()}:{Pattern}";
}

enum FrameField
{
    Family,
    Path,
    Package,
    Module,
    Function,
    Category,
    App,
    Type,
    Value,
    Mechanism,
}
