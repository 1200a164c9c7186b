using System.Text.Json;

namespace Tocsin.Server.Projects;

/// <summary>
/// How much of the traces that meet a condition is kept. Rate: 0 to 1. Condition: as <see cref="SamplingCondition"/> reads it; none: every trace.
/// The first rule that applies decides.
/// </summary>
sealed record SamplingRule(int Id, double Rate, JsonElement? Condition = null)
{
    const int Most = 100;

    /// <summary>What is wrong with a list of rules; null: nothing.</summary>
    public static string? FaultOf(IReadOnlyList<SamplingRule> rules)
    {
        if (rules.Count > Most)
        {
            return $"At most {Most} rules.";
        }
        if (rules.Any(rule => rule.Id < 1) || rules.DistinctBy(rule => rule.Id).Count() < rules.Count)
        {
            return "Each rule needs an id of its own, at least 1: the statistics count by it.";
        }
        if (rules.Any(rule => rule.Rate is not (>= 0 and <= 1)))
        {
            return "A rate is a number from 0 to 1.";
        }
        return rules
            .Select(rule => SamplingCondition.TryRead(rule.Condition, out _, out var fault) ? null : fault)
            .FirstOrDefault(fault => fault is not null);
    }
}
