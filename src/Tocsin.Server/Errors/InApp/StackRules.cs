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

    /// <summary>A frame may name any platform. Beyond so many all rules look at it, which gives the same and takes longer.</summary>
    const int MostFamilies = 100;

    readonly StackRule[] all;
    readonly ConcurrentDictionary<string, RuleSieve> byFamily = new(StringComparer.Ordinal);

    StackRules(IReadOnlyList<StackRule> project, IReadOnlyList<string> errors)
    {
        all = [.. BuiltIn, .. project];
        Errors = errors;
    }

    public static StackRules Default { get; } = new([], []);

    static readonly RuleTexts<StackRules> Known = new(Default, Read);

    /// <summary>Lines of the project's text that could not be read.</summary>
    public IReadOnlyList<string> Errors { get; }

    public static StackRules For(string projectRules) => Known.Find(projectRules);

    static StackRules Read(string text)
    {
        var (rules, errors) = StackRuleParser.Parse(text);
        return new(rules, errors);
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
        var sieve = SieveFor(frames);
        // What a rule changes, the rules behind it see: each match is applied before the next is sought.
        foreach (var (rule, index) in Matches(sieve, sieve.OfFrames, frames, exception))
        {
            Apply(rule, frames, index);
        }
    }

    /// <summary>The rules that may change which of the frames count, each with a frame that it matches: by rule, then by frame.</summary>
    public IReadOnlyList<(StackRule Rule, int Index)> GroupingMatches(FrameFacts[] frames, ExceptionValue? exception)
    {
        var sieve = SieveFor(frames);
        return [.. Matches(sieve, sieve.OfGrouping, frames, exception)];
    }

    RuleSieve OfAll => field ??= new(all);

    /// <summary>Nearly every stack is of one family, and most rules are about another.</summary>
    RuleSieve SieveFor(FrameFacts[] frames)
    {
        for (var i = 1; i < frames.Length; i++)
        {
            if (frames[i].Family != frames[0].Family)
            {
                return OfAll;
            }
        }
        return frames.Length == 0 ? OfAll
            : byFamily.TryGetValue(frames[0].Family, out var known) ? known
            : byFamily.Count >= MostFamilies ? OfAll
            : byFamily.GetOrAdd(
                frames[0].Family,
                static (family, rules) => new([.. rules.Where(rule => rule.MayMatch(family))]),
                all
            );
    }

    static IEnumerable<(StackRule Rule, int Index)> Matches(
        RuleSieve sieve,
        SievedRule[] rules,
        FrameFacts[] frames,
        ExceptionValue? exception
    )
    {
        var signs = FrameSigns.None;
        foreach (var frame in frames)
        {
            signs |= frame.SignsBy(sieve);
        }
        foreach (var (rule, needs) in rules)
        {
            if ((signs & needs) != needs || !rule.AppliesTo(exception))
            {
                continue;
            }
            for (var i = 0; i < frames.Length; i++)
            {
                if ((frames[i].SignsBy(sieve) & needs) == needs && rule.Matches(frames, i))
                {
                    yield return (rule, i);
                }
            }
        }
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
