using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Spans that came before the segment they belong to, in other items: exporters send what has ended, and the segment ends last. The newest are
/// kept. Any number of threads ask; one remembers, and meanwhile nobody asks, as of <see cref="Normalise.SegmentNames"/>.
/// </summary>
sealed class OpenSegments
{
    /// <summary>Spans. Twice as many are kept at most.</summary>
    const int Generation = 10_000;

    /// <summary>Spans of a trace in one project; a search looks at all of them.</summary>
    const int MostOfTrace = 2_000;

    Dictionary<(long Project, UInt128 Trace), List<OpenSpans>> young = [];
    Dictionary<(long Project, UInt128 Trace), List<OpenSpans>> old = [];
    int spans;

    /// <summary>An item that comes again is known already.</summary>
    public void Remember(long project, UInt128 trace, OpenSpans left)
    {
        var known = Find(project, trace);
        if (known.Any(one => one.ItemId == left.ItemId) || known.Sum(one => one.Rows.Count) + left.Rows.Count > MostOfTrace)
        {
            return;
        }
        if (spans >= Generation)
        {
            (old, young, spans) = (young, [], 0);
        }
        if (!young.TryGetValue((project, trace), out var held))
        {
            young.Add((project, trace), held = []);
        }
        held.Add(left);
        spans += left.Rows.Count;
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<OpenSpans> Find(long project, UInt128 trace)
    {
        var (first, then) = (old.GetValueOrDefault((project, trace)), young.GetValueOrDefault((project, trace)));
        return first is null ? then ?? []
            : then is null ? first
            : [.. first, .. then];
    }
}

/// <summary>What an item had of one trace that belongs to segments in other items.</summary>
sealed record OpenSpans(EventId ItemId, IReadOnlyList<SpanRow> Rows);
