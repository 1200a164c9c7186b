using System.Globalization;
using Tocsin.Server.Performance.Shapes;

namespace Tocsin.Server.Performance.Differences;

/// <summary>Which groups of spans take longer in the slow runs, or are there more often.</summary>
static class SpanDifferences
{
    const int Most = 50;

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
                .Select(group =>
                {
                    var inSlow = new Side(group, slowTraces);
                    var inAll = new Side(group, allTraces);
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
        readonly int with;
        readonly int runs;

        public Side(IEnumerable<RunGroup> group, HashSet<UInt128> traces)
        {
            runs = traces.Count;
            foreach (var one in group.Where(one => traces.Contains(one.TraceId)))
            {
                time += one.SelfTime;
                spans += one.Count;
                with++;
            }
        }

        public double PerRun => time / runs;
        public double PerRunThatHasIt => with == 0 ? 0 : time / with;
        public double SpansPerRun => (double)spans / runs;
    }
}

/// <summary>The spans of one group in one run. Self time: milliseconds of all of them.</summary>
readonly record struct RunGroup(UInt128 TraceId, string Op, long Group, string? Description, long Count, double SelfTime);
