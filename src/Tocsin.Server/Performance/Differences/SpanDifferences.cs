using System.Globalization;
using Tocsin.Server.Performance.Shapes;

namespace Tocsin.Server.Performance.Differences;

/// <summary>Which groups of spans take longer in the slow runs, or are there more often.</summary>
static class SpanDifferences
{
    const int Most = 50;

    /// <summary>Slow runs below which a group tells nothing, unless there are fewer slow runs in all.</summary>
    const int Fewest = 3;

    /// <param name="spans">Sums by run and group, of the runs on both sides.</param>
    public static IReadOnlyList<DifferingSpanShape> Between(
        IReadOnlyList<SampledRun> slow,
        IReadOnlyList<SampledRun> all,
        IReadOnlyList<RunGroup> spans
    )
    {
        if (slow.Count == 0 || all.Count == 0)
        {
            return [];
        }
        var slowTraces = slow.Select(run => run.TraceId).ToHashSet();
        var allTraces = all.Select(run => run.TraceId).ToHashSet();
        return
        [
            .. spans
                .GroupBy(span => (span.Op, span.Group, span.Description))
                .Select(group => (Group: group, InSlow: new Side(group, slowTraces), InAll: new Side(group, allTraces)))
                .Where(one => one.InSlow.Runs >= Math.Min(Fewest, slowTraces.Count))
                .Select(one =>
                {
                    var (group, inSlow, inAll) = one;
                    return new DifferingSpanShape(
                        group.Key.Op,
                        group.Key.Description,
                        group.Key.Group == 0 ? null : group.Key.Group.ToString("x16", CultureInfo.InvariantCulture),
                        inSlow.PerRunThatHasIt,
                        inAll.PerRunThatHasIt,
                        inSlow.SpansPerRun,
                        inAll.SpansPerRun,
                        inSlow.PerRun - inAll.PerRun
                    );
                })
                .Where(span => span.TimeLost > 0)
                .OrderByDescending(span => span.TimeLost)
                .ThenBy(span => span.Op, StringComparer.Ordinal)
                .ThenBy(span => span.Description, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    readonly struct Side
    {
        readonly double time;
        readonly long spans;
        readonly int inspected;

        public Side(IEnumerable<RunGroup> group, HashSet<UInt128> traces)
        {
            inspected = traces.Count;
            foreach (var one in group.Where(one => traces.Contains(one.TraceId)))
            {
                time += one.SelfTime;
                spans += one.Count;
                Runs++;
            }
        }

        /// <summary>Those that have a span of the group.</summary>
        public int Runs { get; }

        public double PerRun => time / inspected;
        public double PerRunThatHasIt => Runs == 0 ? 0 : time / Runs;
        public double SpansPerRun => (double)spans / inspected;
    }
}

/// <summary>The spans of one group in one run. Self time: milliseconds of all of them.</summary>
readonly record struct RunGroup(UInt128 TraceId, string Op, long Group, string? Description, long Count, double SelfTime);
