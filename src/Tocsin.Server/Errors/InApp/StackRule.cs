using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.InApp;

/// <summary>
/// One line of stack trace rules: matchers for a frame, for its caller and its callee, then what to do. Text is the line, for the explanation.
/// </summary>
sealed record StackRule(
    string Text,
    IReadOnlyList<FrameMatcher> Matchers,
    IReadOnlyList<FrameMatcher> Caller,
    IReadOnlyList<FrameMatcher> Callee,
    IReadOnlyList<StackAction> Actions
)
{
    public bool ChangesFrames { get; } =
        Actions.Any(action => action is StackAction.Flag { IsApp: true } or StackAction.Category);
    public bool ChangesGrouping { get; } =
        Actions.Any(action => action is not (StackAction.Flag { IsApp: true } or StackAction.Category));

    // Arrays: every rule of a family looks at every frame.
    readonly FrameMatcher[] aboutException = [.. Matchers.Where(matcher => matcher.IsAboutException)];
    readonly FrameMatcher[] aboutFrame = [.. Matchers.Where(matcher => !matcher.IsAboutException)];
    readonly FrameMatcher[] aboutCaller = [.. Caller];
    readonly FrameMatcher[] aboutCallee = [.. Callee];

    /// <summary>
    /// Of the matchers for the frame itself the one that asks for the longest piece of text; null: none asks for more than a character.
    /// </summary>
    public FrameMatcher? Wanted { get; } =
        Matchers.Where(matcher => matcher.Piece.Length > 1).MaxBy(matcher => matcher.Piece.Length);

    /// <summary>False when a family matcher alone already excludes frames of this family.</summary>
    public bool MayMatch(string family) =>
        Matchers.All(matcher =>
            matcher.Field != FrameField.Family
            || matcher.Pattern.Split(',').Any(wanted => PlatformFamily.Is(family, wanted.Trim())) != matcher.Negated
        );

    public bool AppliesTo(ExceptionValue? exception)
    {
        foreach (var matcher in aboutException)
        {
            if (exception is null || !matcher.Matches(Nothing, exception))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Frames are oldest first: the caller stands before.</summary>
    public bool Matches(FrameFacts[] frames, int index) =>
        All(aboutFrame, frames[index])
        && (aboutCaller.Length == 0 || (index > 0 && All(aboutCaller, frames[index - 1])))
        && (aboutCallee.Length == 0 || (index + 1 < frames.Length && All(aboutCallee, frames[index + 1])));

    static bool All(FrameMatcher[] matchers, FrameFacts frame)
    {
        foreach (var matcher in matchers)
        {
            if (!matcher.Matches(frame, null))
            {
                return false;
            }
        }
        return true;
    }

    static readonly FrameFacts Nothing = new(new Frame(), null);
}

/// <summary>What a rule does to the frames it matches.</summary>
abstract record StackAction
{
    StackAction() { }

    /// <summary><c>+app</c>, <c>-group</c>, with the reach <c>^</c> (older frames) or <c>v</c> (newer frames).</summary>
    public sealed record Flag(bool IsApp, bool Value, Reach Reach) : StackAction;

    public sealed record Category(string Name) : StackAction;

    public sealed record MaxFrames(int Count) : StackAction;

    public sealed record MinFrames(int Count) : StackAction;

    public sealed record Invert(bool Value) : StackAction;
}

enum Reach
{
    Frame,
    Older,
    Newer,
}

static class ReachOfAction
{
    /// <summary>The frames a flag touches, as a half-open range; the matched frame itself is not in the older or newer ones.</summary>
    public static (int From, int To) Range(this Reach reach, int index, int count) =>
        reach switch
        {
            Reach.Older => (0, index),
            Reach.Newer => (index + 1, count),
            _ => (index, index + 1),
        };
}
