using Tocsin.Server.Traces.Shapes;
using Tocsin.Server.Traces.Trees;

namespace Tocsin.Server.Traces;

/// <summary>A trace without the spans between its transactions, for clients that are older than spans.</summary>
sealed class TransactionTrace
{
    /// <summary>As in <see cref="SentryForest"/>: what lies deeper hangs below this level.</summary>
    const int Deepest = 200;

    readonly Trace trace;
    readonly EventPlaces places;

    /// <summary>For each span the nearest transaction that it lies in; null: none.</summary>
    readonly Dictionary<TraceNode, TraceNode?> callers;
    readonly ILookup<TraceNode?, TraceNode> children;
    readonly ILookup<TraceNode?, TraceEvent> events;

    TransactionTrace(Trace trace)
    {
        this.trace = trace;
        places = new(trace.Tree);
        callers = Callers(trace.Tree);
        children = trace.Tree.Nodes.Where(node => node.Span.IsSegment).ToLookup(node => callers[node]);
        events = trace.Events.ToLookup(TransactionOf);
    }

    public static TransactionTraceShape Of(Trace trace)
    {
        var whole = new TransactionTrace(trace);
        return new(
            [.. whole.children[null].Select(root => whole.Tree(root, 0))],
            [.. whole.events[null].Where(one => !trace.IsFinding(one)).Select(whole.Error)]
        );
    }

    /// <summary>The transaction of an event, its caller and what it called, each alone. Null: the event is none of the trace.</summary>
    public static TransactionTraceShape? Around(Trace trace, UInt128 eventId)
    {
        var whole = new TransactionTrace(trace);
        var error = trace.Events.FirstOrDefault(one => one.EventId == eventId);
        var transaction = error is null
            ? trace.Tree.Nodes.FirstOrDefault(node => node.Span.IsSegment && node.Span.EventId == eventId)
            : whole.TransactionOf(error);
        if (transaction is null)
        {
            return error is null ? null : new([], [whole.Error(error)]);
        }
        var generation = 0;
        var caller = whole.callers[transaction];
        for (var above = caller; above is not null; above = whole.callers[above])
        {
            generation++;
        }
        return new(
            [
                .. new[] { caller }.OfType<TraceNode>().Select(one => whole.Alone(one, generation - 1)),
                whole.Alone(transaction, generation),
                .. whole.children[transaction].Select(child => whole.Alone(child, generation + 1)),
            ],
            []
        );
    }

    static Dictionary<TraceNode, TraceNode?> Callers(TraceTree tree)
    {
        var callers = tree.Roots.ToDictionary(root => root, _ => (TraceNode?)null);
        var open = new Stack<TraceNode>(tree.Roots);
        while (open.TryPop(out var node))
        {
            foreach (var child in node.Children)
            {
                callers[child] = node.Span.IsSegment ? node : callers[node];
                open.Push(child);
            }
        }
        return callers;
    }

    TraceNode? TransactionOf(TraceEvent one) =>
        places.Of(one) is not { } node ? null
        : node.Span.IsSegment ? node
        : callers[node];

    TraceTransactionShape Tree(TraceNode node, int generation) =>
        Alone(node, generation) with
        {
            Children =
                generation < Deepest
                    ? [.. children[node].Select(child => Tree(child, generation + 1))]
                    : [.. Descendants(node).Select(one => Alone(one, generation + 1) with { Children = [] })],
        };

    IEnumerable<TraceNode> Descendants(TraceNode node)
    {
        var open = new Stack<TraceNode>(children[node].Reverse());
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in children[next].Reverse())
            {
                open.Push(child);
            }
        }
    }

    TraceTransactionShape Alone(TraceNode node, int generation)
    {
        var span = node.Span;
        return new()
        {
            EventId = IdOf(node),
            SpanId = TraceMapping.Hex(span.SpanId),
            Transaction = span.Transaction,
            Duration = TraceMapping.Milliseconds(span.Duration),
            Op = span.Op,
            Status = span.Status,
            ProjectId = span.ProjectId,
            ProjectSlug = trace.SlugOf(span.ProjectId),
            ParentSpanId = TraceMapping.Hex(span.ParentSpanId),
            ParentEventId = callers[node] is { } caller ? IdOf(caller) : null,
            ProfileId = span.ProfileId is { } profile ? TraceMapping.Hex(profile) : null,
            Generation = generation,
            StartTimestamp = TraceMapping.Seconds(span.Start),
            Timestamp = TraceMapping.Seconds(span.End),
            Errors = [.. events[node].Where(one => !trace.IsFinding(one)).Select(Error)],
            PerformanceIssues = [.. events[node].Where(trace.IsFinding).Select(Finding)],
        };
    }

    static string IdOf(TraceNode node) => node.Span.EventId is { } id ? TraceMapping.Hex(id) : TraceMapping.Hex(node.Span.SpanId);

    TransactionErrorShape Error(TraceEvent one) =>
        new()
        {
            EventId = TraceMapping.Hex(one.EventId),
            IssueId = one.IssueId,
            Issue = TraceMapping.ShortIdOf(trace, one),
            Span = TraceMapping.Hex(one.SpanId),
            ProjectId = one.ProjectId,
            ProjectSlug = trace.SlugOf(one.ProjectId),
            Title = one.Title,
            Level = one.Level,
            Timestamp = TraceMapping.Seconds(one.Timestamp),
        };

    TransactionFindingShape Finding(TraceEvent one)
    {
        IReadOnlyList<string> spans = one.SpanId is { } span ? [TraceMapping.Hex(span)] : [];
        return new()
        {
            EventId = TraceMapping.Hex(one.EventId),
            IssueId = one.IssueId,
            IssueShortId = TraceMapping.ShortIdOf(trace, one),
            Span = spans,
            SuspectSpans = spans,
            ProjectId = one.ProjectId,
            ProjectSlug = trace.SlugOf(one.ProjectId),
            Title = one.Title,
            Level = one.Level,
            Culprit = one.Culprit ?? "",
            Type = trace.Issues[one.IssueId].Type,
        };
    }
}
