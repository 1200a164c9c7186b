using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>One stack in one view. Frames contribute by themselves, then the grouping rules have their say.</summary>
static class StackTraceStrategy
{
    public static StrategyResult? Find(ErrorEvent e, StackRules rules) =>
        e.StackTrace is null
            ? null
            : new(Of(e.StackTrace, e.Platform, null, rules, true), Of(e.StackTrace, e.Platform, null, rules, false), null);

    public static Component Of(StackTrace? stack, string? platform, ExceptionValue? exception, StackRules rules, bool appOnly)
    {
        if (stack is null || stack.Frames.Count == 0)
        {
            return new("stacktrace", false, "has no frames");
        }
        var frames = Contributions(stack.Frames, platform, appOnly);
        var limits = ApplyRules(frames, stack, platform, exception, rules, appOnly);
        KeepNewest(frames, limits.MaxFrames);
        if (limits.Invert)
        {
            Array.Reverse(frames);
        }
        var component = Component.Branch("stacktrace", frames);
        var count = frames.Count(frame => frame.Contributes);
        return count == 0 ? component.Without(appOnly ? "has no in-app frames that count" : "has no frames that count")
            : count < limits.MinFrames ? component.Without($"only {count} frames count, {limits.MinFrames} are wanted")
            : component;
    }

    static Component[] Contributions(IReadOnlyList<Frame> frames, string? platform, bool appOnly)
    {
        var components = new Component[frames.Count];
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            var own = FrameContribution.Of(frame, frame.Platform ?? platform ?? "other");
            components[i] =
                !own.Contributes ? own
                : i > 0 && IsRecursion(frames[i - 1], frame) ? own.Without("recursion")
                : appOnly && frame.InApp != true ? own.Without("not in-app")
                : own;
        }
        if (frames.Count == 1 && FrameContribution.IsLoneScript(frames[0], frames[0].Platform ?? platform ?? "other"))
        {
            components[0] = components[0].Without("a single script frame without a function");
        }
        return components;
    }

    static bool IsRecursion(Frame caller, Frame called) =>
        caller.AbsPath == called.AbsPath
        && caller.Package == called.Package
        && caller.Module == called.Module
        && caller.Filename == called.Filename
        && caller.Function == called.Function
        && caller.Line == called.Line
        && caller.Column == called.Column;

    static Limits ApplyRules(
        Component[] frames,
        StackTrace stack,
        string? platform,
        ExceptionValue? exception,
        StackRules rules,
        bool appOnly
    )
    {
        var limits = new Limits(0, 0, false);
        var facts = StackRules.Facts(stack, platform);
        foreach (var rule in rules.GroupingRules(exception))
        {
            for (var i = 0; i < facts.Count; i++)
            {
                if (rule.Matches(facts, i))
                {
                    limits = Apply(rule, frames, facts, i, limits, appOnly);
                }
            }
        }
        return limits;
    }

    static Limits Apply(
        StackRule rule,
        Component[] frames,
        IReadOnlyList<FrameFacts> facts,
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
                    !flag.Value && frames[i].Contributes ? frames[i].Without($"left out by the rule {rule.Text}")
                    : flag.Value && !outside && frames[i].Children.Any(child => child.Contributes)
                        ? frames[i] with
                        {
                            Contributes = true,
                            Hint = $"brought back by the rule {rule.Text}",
                        }
                    : frames[i];
            }
        }
        return limits;
    }

    static void KeepNewest(Component[] frames, int max)
    {
        var kept = 0;
        for (var i = frames.Length - 1; max > 0 && i >= 0; i--)
        {
            if (frames[i].Contributes && ++kept > max)
            {
                frames[i] = frames[i].Without($"beyond the {max} newest frames");
            }
        }
    }

    sealed record Limits(int MaxFrames, int MinFrames, bool Invert);
}
