using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>A transaction's measurements: those sent, without the impossible ones, and those that follow from them and from its spans.</summary>
static class SegmentMeasurements
{
    const int Most = 100;
    const int LongestName = 200;

    /// <summary>An app does not start for longer than three minutes; such a value comes from a phone that slept.</summary>
    const double LongestStart = 180_000;

    static readonly string[] Starts = ["app_start_cold", "app_start_warm", "time_to_initial_display", "time_to_full_display"];
    static readonly string[] Kinds = ["http", "db", "browser", "resource", "ui"];

    public static IReadOnlyList<Measurement> Of(Span segment, IReadOnlyList<Span> children)
    {
        var kept = segment
            .Measurements.Where(one => double.IsFinite(one.Value) && one.Name.Length <= LongestName)
            .Where(one => !Starts.Contains(one.Name) || one.Value <= LongestStart)
            .Take(Most)
            .ToList();
        AddRatio(kept, "frames_slow_rate", "frames_slow", Find(kept, "frames_total"));
        AddRatio(kept, "frames_frozen_rate", "frames_frozen", Find(kept, "frames_total"));
        AddRatio(kept, "stall_percentage", "stall_total_time", (segment.End - segment.Start) / 1e3);
        foreach (var kind in Kinds)
        {
            if (Covered(children, kind) is > 0 and var covered)
            {
                kept.Add(new($"spans.{kind}", covered / 1e3, "millisecond"));
            }
        }
        return kept;
    }

    static double? Find(List<Measurement> among, string name)
    {
        foreach (var one in among)
        {
            if (one.Name == name)
            {
                return one.Value;
            }
        }
        return null;
    }

    static void AddRatio(List<Measurement> kept, string name, string of, double? to)
    {
        // Of a very large part of a very small whole there is no ratio.
        if (to > 0 && Find(kept, name) is null && Find(kept, of) is { } part && double.IsFinite(part / to.Value))
        {
            kept.Add(new(name, part / to.Value, "ratio"));
        }
    }

    /// <summary>Microseconds in which at least one span of the kind ran.</summary>
    static long Covered(IReadOnlyList<Span> spans, string kind)
    {
        var parts = spans.Where(span => IsOf(span.Op, kind)).Select(span => (span.Start, span.End)).Order();
        var (covered, reached) = (0L, long.MinValue);
        foreach (var (start, end) in parts)
        {
            if (end > reached)
            {
                covered += end - Math.Max(start, reached);
                reached = end;
            }
        }
        return covered;
    }

    static bool IsOf(string? op, string kind) =>
        op is not null && op.StartsWith(kind, StringComparison.Ordinal) && (op.Length == kind.Length || op[kind.Length] == '.');
}
