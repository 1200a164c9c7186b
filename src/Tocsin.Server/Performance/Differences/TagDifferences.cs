using Tocsin.Server.Performance.Shapes;

namespace Tocsin.Server.Performance.Differences;

/// <summary>Which values the slow runs have more often than all.</summary>
static class TagDifferences
{
    const int Most = 50;

    /// <summary>Standard deviations that chance hardly reaches, considering how many values are looked at.</summary>
    const double Certain = 3;

    public static IReadOnlyList<DifferingTagShape> Between(IReadOnlyList<SampledRun> slow, IReadOnlyList<SampledRun> all)
    {
        if (slow.Count == 0 || all.Count == 0)
        {
            return [];
        }
        var inAll = Counts(all);
        return
        [
            .. Counts(slow)
                .Select(slowOnes =>
                    Shape(slowOnes.Key, slowOnes.Value, slow.Count, inAll.GetValueOrDefault(slowOnes.Key), all.Count)
                )
                .Where(tag => tag is { SlowCount: > 1, Score: >= Certain })
                .OrderByDescending(tag => tag.Score)
                .ThenBy(tag => tag.Key, StringComparer.Ordinal)
                .ThenBy(tag => tag.Value, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    static Dictionary<(string Key, string Value), int> Counts(IEnumerable<SampledRun> runs) =>
        runs.SelectMany(run => run.Traits.Distinct()).CountBy(trait => trait).ToDictionary();

    static DifferingTagShape Shape((string Key, string Value) trait, int slow, int slowRuns, int all, int allRuns)
    {
        var (slowShare, allShare) = ((double)slow / slowRuns, (double)all / allRuns);
        // A value that no run of the other sample has may still be a rare one: counted as half a run.
        var expected = Math.Clamp(allShare, 0.5 / allRuns, 1 - (0.5 / allRuns));
        var deviation = Math.Sqrt(expected * (1 - expected) / slowRuns);
        return new(trait.Key, trait.Value, slowShare, allShare, slow, all, (slowShare - expected) / deviation);
    }
}
