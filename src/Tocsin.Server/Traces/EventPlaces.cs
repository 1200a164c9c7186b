using Tocsin.Server.Traces.Trees;

namespace Tocsin.Server.Traces;

/// <summary>At which span of its trace an event happened.</summary>
sealed class EventPlaces(TraceTree tree)
{
    readonly ILookup<long, TraceNode> bySpan = tree.Nodes.ToLookup(node => node.Span.SpanId);

    /// <summary>Null: at none that has arrived. Where projects share a span's id, the event's own counts.</summary>
    public TraceNode? Of(TraceEvent one)
    {
        var places = one.SpanId is { } id ? bySpan[id] : [];
        return places.FirstOrDefault(node => node.Span.ProjectId == one.ProjectId) ?? places.FirstOrDefault();
    }
}
