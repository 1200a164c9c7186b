namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// The spans that one item leaves for segments in later items, and those it asks for. What it leaves is told when all items beside it are prepared,
/// as the names of segments are.
/// </summary>
sealed class SegmentJoin(OpenSegments open)
{
    List<(long Project, UInt128 Trace, OpenSpans Spans)>? left;
    Dictionary<(long Project, UInt128 Trace), int>? asked;

    public void Leave(long project, UInt128 trace, OpenSpans spans) => (left ??= []).Add((project, trace, spans));

    public IReadOnlyList<OpenSpans> Find(long project, UInt128 trace)
    {
        var found = open.Find(project, trace);
        (asked ??= [])[(project, trace)] = found.Count;
        return found;
    }

    public void Tell()
    {
        foreach (var (project, trace, spans) in left ?? [])
        {
            open.Remember(project, trace, spans);
        }
    }

    /// <summary>An answer would be another one now.</summary>
    public bool IsOutdated =>
        this.asked?.Any(asked => open.Find(asked.Key.Project, asked.Key.Trace).Count != asked.Value) == true;
}
