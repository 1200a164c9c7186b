using Tocsin.Server.Traces.Shapes;
using Tocsin.Server.Traces.Trees;

namespace Tocsin.Server.Traces;

/// <summary>A trace as Sentry's clients know it: a forest whose nodes hold the errors and findings that happened in them.</summary>
sealed class SentryForest
{
    /// <summary>Readers of JSON stop somewhere, and so does our writer: what lies deeper hangs below this level, with its own parent's id.</summary>
    const int Deepest = 200;

    readonly Trace trace;
    readonly ILookup<TraceNode?, TraceEvent> events;

    SentryForest(Trace trace)
    {
        this.trace = trace;
        events = trace.Events.ToLookup(new EventPlaces(trace.Tree).Of);
    }

    public static IReadOnlyList<SentryTraceNode> Of(Trace trace)
    {
        var forest = new SentryForest(trace);
        return
        [
            .. trace.Tree.Roots.Select(root => forest.Node(root, 1)),
            .. forest.ErrorsOf(null),
            .. forest.OccurrencesOf(null),
        ];
    }

    SentrySpanNode Node(TraceNode node, int depth) =>
        Node(
            node,
            depth < Deepest
                ? [.. node.Children.Select(child => Node(child, depth + 1))]
                : [.. Descendants(node).Select(one => Node(one, []))]
        );

    SentrySpanNode Node(TraceNode node, IReadOnlyList<SentryTraceNode> children)
    {
        var span = node.Span;
        return new()
        {
            EventId = TraceMapping.Hex(span.SpanId),
            ProjectId = span.ProjectId,
            ProjectSlug = trace.SlugOf(span.ProjectId),
            Transaction = span.Transaction,
            TransactionId = span.EventId is { } id ? TraceMapping.Hex(id) : TraceMapping.Hex(span.SegmentId),
            ParentSpanId = TraceMapping.Hex(span.ParentSpanId),
            Op = span.Op,
            Name = span.Description ?? span.Transaction,
            Description = span.Description,
            StartTimestamp = TraceMapping.Seconds(span.Start),
            EndTimestamp = TraceMapping.Seconds(span.End),
            Duration = TraceMapping.Milliseconds(span.Duration),
            IsTransaction = span.IsSegment,
            Measurements = span.Vitals.ToDictionary(vital => $"measurements.{vital.Name}", vital => vital.Value),
            ProfileId = span.ProfileId is { } profile ? TraceMapping.Hex(profile) : "",
            ProfilerId = "",
            SdkName = span.SdkName ?? "",
            Children = children,
            Errors = ErrorsOf(node),
            Occurrences = OccurrencesOf(node),
            AdditionalAttributes = span.More,
        };
    }

    IReadOnlyList<SentryTraceNode> ErrorsOf(TraceNode? node) =>
        [.. events[node].Where(one => !trace.IsFinding(one)).Select(one => Filled(new SentryErrorNode(), one))];

    IReadOnlyList<SentryTraceNode> OccurrencesOf(TraceNode? node) =>
        [.. events[node].Where(trace.IsFinding).Select(one => Filled(new SentryOccurrenceNode(), one))];

    SentryEventNode Filled(SentryEventNode node, TraceEvent one) =>
        node with
        {
            EventId = TraceMapping.Hex(one.EventId),
            IssueId = one.IssueId,
            ShortId = TraceMapping.ShortIdOf(trace, one),
            ProjectId = one.ProjectId,
            ProjectSlug = trace.SlugOf(one.ProjectId),
            Level = one.Level,
            Culprit = one.Culprit ?? "",
            Description = one.Title,
            Transaction = one.Transaction,
            IssueType = trace.Issues.GetValueOrDefault(one.IssueId)?.Type ?? "error",
            StartTimestamp = TraceMapping.Seconds(one.Timestamp),
        };

    static IEnumerable<TraceNode> Descendants(TraceNode node)
    {
        var open = new Stack<TraceNode>(node.Children.Reverse());
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Children.Reverse())
            {
                open.Push(child);
            }
        }
    }
}
