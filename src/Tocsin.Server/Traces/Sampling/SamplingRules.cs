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

    readonly IReadOnlyList<(SamplingRule Rule, SamplingCondition Condition, Outcome Dropped)> rules;

    SamplingRules(ProjectOptions options) =>
        rules = [
            .. options
                .SamplingRules.Select(rule =>
                    (Rule: rule, Condition: SamplingCondition.TryRead(rule.Condition, out var read, out _) ? read : null)
                )
                .Where(pair => pair.Condition is not null)
                .Select(pair => (pair.Rule, pair.Condition!, Outcome.Filtered($"Sampled:{pair.Rule.Id}"))),
        ];

    public static SamplingRules For(ProjectOptions options) => Known.GetValue(options, static options => new(options));

    public SamplingDecision Decide(SamplingSubject subject)
    {
        var sent = 1 / (subject.SampleRate ?? 1);
        foreach (var (rule, condition, dropped) in rules)
        {
            if (condition.Holds(subject.ValueOf))
            {
                return LotOf(subject.TraceId) < rule.Rate ? new(Outcome.Accepted, sent / rule.Rate) : new(dropped, 1);
            }
        }
        return new(Outcome.Accepted, sent);
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

/// <summary>Weight: how many spans a kept one stands for, of those that the client left out and those that the rule does.</summary>
readonly record struct SamplingDecision(Outcome Outcome, double Weight);
