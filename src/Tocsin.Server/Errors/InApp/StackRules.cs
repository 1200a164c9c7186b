using System.Collections.Concurrent;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.InApp;

/// <summary>
/// The built-in stack trace rules and a project's own after them. They first decide which frames are the user's code and which category
/// they have; grouping asks again which frames count. Later rules win.
/// </summary>
sealed class StackRules
{
    static readonly IReadOnlyList<StackRule> BuiltIn = StackRuleParser.Parse(DefaultRulesV1.Text).Rules;
    static readonly ConcurrentDictionary<string, StackRules> Known = new(StringComparer.Ordinal);

    readonly StackRule[] _frameRules;
    readonly StackRule[] _groupRules;
    readonly ConcurrentDictionary<string, StackRule[]> _frameRulesByFamily = new();
    readonly ConcurrentDictionary<string, StackRule[]> _groupRulesByFamily = new();

    StackRules(IReadOnlyList<StackRule> project, IReadOnlyList<string> errors)
    {
        StackRule[] all = [.. BuiltIn, .. project];
        _frameRules = [.. all.Where(rule => rule.ChangesFrames)];
        _groupRules = [.. all.Where(rule => rule.ChangesGrouping)];
        Errors = errors;
    }

    public static StackRules Default { get; } = new([], []);

    /// <summary>Lines of the project's text that could not be read.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Read once per distinct text. The number kept is bounded: an editor may save many versions.</summary>
    public static StackRules For(string projectRules)
    {
        if (string.IsNullOrWhiteSpace(projectRules))
        {
            return Default;
        }
        if (Known.Count > 1_000)
        {
            Known.Clear();
        }
        return Known.GetOrAdd(
            projectRules,
            static text =>
            {
                var (rules, errors) = StackRuleParser.Parse(text);
                return new(rules, errors);
            }
        );
    }

    public static FrameFacts[] Facts(StackTrace stack, string? platform)
    {
        var facts = new FrameFacts[stack.Frames.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = new(stack.Frames[i], platform);
        }
        return facts;
    }

    /// <summary>Sets InApp and Category on the facts.</summary>
    public void Classify(FrameFacts[] frames, ExceptionValue? exception)
    {
        foreach (var rule in RulesFor(frames, _frameRules, _frameRulesByFamily))
        {
            if (!rule.AppliesTo(exception))
            {
                continue;
            }
            for (var i = 0; i < frames.Length; i++)
            {
                if (rule.Matches(frames, i))
                {
                    Apply(rule, frames, i);
                }
            }
        }
    }

    /// <summary>The rules that may change which of the frames count, in order.</summary>
    public IEnumerable<StackRule> GroupingRules(FrameFacts[] frames, ExceptionValue? exception) =>
        RulesFor(frames, _groupRules, _groupRulesByFamily).Where(rule => rule.AppliesTo(exception));

    /// <summary>Nearly every stack is of one family, and most rules are about another.</summary>
    static StackRule[] RulesFor(FrameFacts[] frames, StackRule[] all, ConcurrentDictionary<string, StackRule[]> byFamily)
    {
        for (var i = 1; i < frames.Length; i++)
        {
            if (frames[i].Family != frames[0].Family)
            {
                return all;
            }
        }
        return frames.Length == 0
            ? all
            : byFamily.GetOrAdd(frames[0].Family, static (family, rules) => [.. rules.Where(rule => rule.MayMatch(family))], all);
    }

    static void Apply(StackRule rule, FrameFacts[] frames, int index)
    {
        foreach (var action in rule.Actions)
        {
            switch (action)
            {
                case StackAction.Category category:
                    frames[index].Category = category.Name;
                    break;
                case StackAction.Flag { IsApp: true } flag:
                    var (from, to) = flag.Reach.Range(index, frames.Length);
                    for (var i = from; i < to; i++)
                    {
                        frames[i].InApp = flag.Value;
                    }
                    break;
            }
        }
    }
}
