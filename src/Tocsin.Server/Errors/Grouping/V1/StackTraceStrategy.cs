using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// One stack in two views: the user's own frames, and all of them. Frames contribute by themselves, then the grouping rules have their say.
/// What both views share is computed once.
/// </summary>
static class StackTraceStrategy
{
    public static StrategyResult? Find(ErrorEvent e, StackRules rules, StackLooks looks)
    {
        if (e.StackTrace is null)
        {
            return null;
        }
        var (app, system) = Of(e.StackTrace, e.Platform, null, rules, looks);
        return new(app, system, null);
    }

    public static (Component App, Component System) Of(
        StackTrace? stack,
        string? platform,
        ExceptionValue? exception,
        StackRules rules,
        StackLooks looks
    )
    {
        if (stack is null || stack.Frames.Count == 0)
        {
            var none = new Component("stacktrace", false, "has no frames");
            return (none, none);
        }
        var said = new FrameContribution[stack.Frames.Count];
        for (var i = 0; i < said.Length; i++)
        {
            said[i] = FrameContribution.Of(stack.Frames[i], stack.Frames[i].Platform ?? platform ?? "other");
        }
        var own = Own(stack.Frames, said);
        var facts = looks.Of(stack, platform);
        var matches = rules.GroupingMatches(facts, exception);
        return (View(stack, platform, said, own, facts, matches, true), View(stack, platform, said, own, facts, matches, false));
    }

    static Component View(
        StackTrace stack,
        string? platform,
        FrameContribution[] said,
        SeenFrame[] own,
        FrameFacts[] facts,
        IReadOnlyList<(StackRule Rule, int Index)> matches,
        bool appOnly
    )
    {
        var frames = Seen(stack.Frames, platform, own, appOnly);
        var limits = new Limits(0, 0, false);
        foreach (var (rule, index) in matches)
        {
            limits = Apply(rule, said, frames, facts, index, limits, appOnly);
        }
        KeepNewest(frames, limits.MaxFrames);
        if (limits.Invert)
        {
            Array.Reverse(frames);
        }
        var count = frames.Count(frame => frame.Counts);
        var hint =
            count == 0
                ? appOnly
                    ? "has no in-app frames that count"
                    : "has no frames that count"
                : count < limits.MinFrames
                    ? $"only {count} frames count, {limits.MinFrames} are wanted"
                    : null;
        return new("stacktrace", hint is null, hint) { Children = new SeenStack(said, frames) };
    }

    /// <summary>What the frames say by themselves; of a recursion only its first round counts.</summary>
    static SeenFrame[] Own(IReadOnlyList<Frame> frames, FrameContribution[] said)
    {
        var own = new SeenFrame[said.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = said[i].Seen(i);
            own[i] = own[i].Counts && i > 0 && IsRecursion(frames[i - 1], frames[i]) ? own[i].Without("recursion") : own[i];
        }
        return own;
    }

    static SeenFrame[] Seen(IReadOnlyList<Frame> frames, string? platform, SeenFrame[] own, bool appOnly)
    {
        var seen = new SeenFrame[own.Length];
        for (var i = 0; i < own.Length; i++)
        {
            seen[i] = appOnly && own[i].Counts && frames[i].InApp != true ? own[i].Without("not in-app") : own[i];
        }
        if (frames.Count == 1 && FrameContribution.IsLoneScript(frames[0], frames[0].Platform ?? platform ?? "other"))
        {
            seen[0] = seen[0].Without("a single script frame without a function");
        }
        return seen;
    }

    static bool IsRecursion(Frame caller, Frame called) =>
        caller.AbsPath == called.AbsPath
        && caller.Package == called.Package
        && caller.Module == called.Module
        && caller.Filename == called.Filename
        && caller.Function == called.Function
        && caller.Line == called.Line
        && caller.Column == called.Column;

    static Limits Apply(
        StackRule rule,
        FrameContribution[] said,
        SeenFrame[] frames,
        FrameFacts[] facts,
        int index,
        Limits limits,
        bool appOnly
    )
    {
        foreach (var action in rule.Actions)
        {
            limits = action switch
            {
                StackAction.MaxFrames max => limits with { MaxFrames = max.Count },
                StackAction.MinFrames min => limits with { MinFrames = min.Count },
                StackAction.Invert invert => limits with { Invert = invert.Value },
                _ => limits,
            };
            if (action is not StackAction.Flag { IsApp: false } flag)
            {
                continue;
            }
            var (from, to) = flag.Reach.Range(index, frames.Length);
            for (var i = from; i < to; i++)
            {
                var outside = appOnly && facts[i].InApp != true;
                frames[i] =
                    !flag.Value && frames[i].Counts ? frames[i].Without($"left out by the rule {rule.Text}")
                    : flag.Value && !outside && said[i].Says
                        ? frames[i] with
                        {
                            Counts = true,
                            Hint = $"brought back by the rule {rule.Text}",
                        }
                    : frames[i];
            }
        }
        return limits;
    }

    static void KeepNewest(SeenFrame[] frames, int max)
    {
        var kept = 0;
        for (var i = frames.Length - 1; max > 0 && i >= 0; i--)
        {
            if (frames[i].Counts && ++kept > max)
            {
                frames[i] = frames[i].Without($"beyond the {max} newest frames");
            }
        }
    }

    readonly record struct Limits(int MaxFrames, int MinFrames, bool Invert);
}
