using System.Runtime.CompilerServices;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Traces.Sampling;

/// <summary>
/// A project's sampling rules, made ready once. The id of the trace decides, so that all parts of a trace agree wherever they come from, and a
/// rule with a lower rate keeps a part of what one with a higher rate keeps.
/// </summary>
sealed class SamplingRules
{
    static readonly ConditionalWeakTable<ProjectOptions, SamplingRules> Known = [];
    static readonly SamplingDecision All = new(Outcome.Accepted, 1);

    readonly IReadOnlyList<(
        SamplingRule Rule,
        SamplingCondition Condition,
        SamplingDecision Kept,
        SamplingDecision Dropped
    )> _rules;

    SamplingRules(ProjectOptions options) =>
        _rules = [
            .. options
                .SamplingRules.Select(rule =>
                    (Rule: rule, Condition: SamplingCondition.TryRead(rule.Condition, out var read, out _) ? read : null)
                )
                .Where(pair => pair.Condition is not null)
                .Select(pair =>
                    (
                        pair.Rule,
                        pair.Condition!,
                        new SamplingDecision(Outcome.Accepted, 1 / pair.Rule.Rate),
                        new SamplingDecision(Outcome.Filtered($"Sampled:{pair.Rule.Id}"), 1)
                    )
                ),
        ];

    public static SamplingRules For(ProjectOptions options) => Known.GetValue(options, static options => new(options));

    public SamplingDecision Decide(SamplingSubject subject)
    {
        foreach (var (rule, condition, kept, dropped) in _rules)
        {
            if (condition.Holds(subject.ValueOf))
            {
                return LotOf(subject.TraceId) < rule.Rate ? kept : dropped;
            }
        }
        return All;
    }

    /// <summary>0 up to, without, 1. Never changed: parts of one trace may be judged by different releases.</summary>
    static double LotOf(UInt128 traceId)
    {
        var mixed = (ulong)(traceId >> 64) ^ (ulong)traceId * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>Weight: how many spans a kept one stands for; exactly one by the rate.</summary>
sealed record SamplingDecision(Outcome Outcome, double Weight);
