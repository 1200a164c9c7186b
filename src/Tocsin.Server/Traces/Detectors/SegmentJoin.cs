using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// The spans that one item leaves for segments in later items, and those it asks for. What it leaves is told when all items beside it are prepared,
/// as the names of segments are.
/// </summary>
/// <param name="itemId">Its own: what it leaves is nothing that it has to ask for.</param>
sealed class SegmentJoin(OpenSegments open, EventId itemId)
{
    List<(long Project, UInt128 Trace, IReadOnlyList<SpanRow> Rows)>? left;
    Dictionary<(long Project, UInt128 Trace), int>? asked;

    public void Leave(long project, UInt128 trace, IReadOnlyList<SpanRow> rows) => (left ??= []).Add((project, trace, rows));

    public IReadOnlyList<OpenSpans> Find(long project, UInt128 trace)
    {
        var found = Others(project, trace);
        (asked ??= [])[(project, trace)] = found.Count;
        return found;
    }

    public void Tell()
    {
        foreach (var (project, trace, rows) in left ?? [])
        {
            open.Remember(project, trace, new(itemId, rows));
        }
    }

    /// <summary>An answer would be another one now.</summary>
    public bool IsOutdated => this.asked?.Any(asked => Others(asked.Key.Project, asked.Key.Trace).Count != asked.Value) == true;

    IReadOnlyList<OpenSpans> Others(long project, UInt128 trace)
    {
        var all = open.Find(project, trace);
        return all.Any(spans => spans.ItemId == itemId) ? [.. all.Where(spans => spans.ItemId != itemId)] : all;
    }
}
