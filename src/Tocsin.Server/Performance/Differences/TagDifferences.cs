using Tocsin.Server.Performance.Shapes;

namespace Tocsin.Server.Performance.Differences;

/// <summary>Which values the slow runs have more often than all, as far as chance alone would hardly bring it about.</summary>
static class TagDifferences
{
    const int Most = 50;

    /// <summary>Runs below which a value tells nothing, whatever the others have.</summary>
    const int Fewest = 3;

    /// <summary>How likely chance may be to put any value of a key into the list.</summary>
    const double Chance = 0.01;

    public static IReadOnlyList<DifferingTagShape> Between(IReadOnlyList<SampledRun> slow, IReadOnlyList<SampledRun> all)
    {
        if (slow.Count == 0 || all.Count == 0)
        {
            return [];
        }
        var inSlow = Counts(slow);
        var inAll = Counts(all);
        // Of four hundred users some are always ahead, of two browsers hardly one: the more values, the more a single one must show.
        var values = inSlow.Keys.CountBy(trait => trait.Key).ToDictionary();
        return
        [
            .. inSlow
                .Select(one => Shape(one.Key, one.Value, slow.Count, inAll.GetValueOrDefault(one.Key), all.Count))
                .Where(tag => tag.SlowCount >= Fewest && Luck(tag, slow.Count, all.Count) * values[tag.Key] <= Chance)
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
        var expected = Expected(allShare, allRuns);
        var deviation = Math.Sqrt(expected * (1 - expected) / slowRuns);
        return new(trait.Key, trait.Value, slowShare, allShare, slow, all, (slowShare - expected) / deviation);
    }

    /// <summary>A value that no run of the other sample has may still be a rare one: counted as half a run.</summary>
    static double Expected(double allShare, int allRuns) => Math.Clamp(allShare, 0.5 / allRuns, 1 - (0.5 / allRuns));

    /// <summary>At most how likely so many slow runs would have the value if slowness had nothing to do with it (Chernoff's bound).</summary>
    static double Luck(DifferingTagShape tag, int slowRuns, int allRuns)
    {
        var expected = Expected(tag.AllShare, allRuns);
        return tag.SlowShare <= expected
            ? 1
            : Math.Exp(-slowRuns * (Surprise(tag.SlowShare, expected) + Surprise(1 - tag.SlowShare, 1 - expected)));
    }

    static double Surprise(double share, double expected) => share == 0 ? 0 : share * Math.Log(share / expected);
}
