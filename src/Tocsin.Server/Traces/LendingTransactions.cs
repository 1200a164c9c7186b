using Tocsin.Protocol.Traces;
using Tocsin.Server.Countries;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>
/// Transactions in the envelope of streamed spans. Clients take some spans out of a transaction (those of <c>gen_ai</c>) and send them beside it in
/// the other form, where they name their parent alone: the transaction is their segment, and lends them what it knows.
/// </summary>
sealed class LendingTransactions
{
    public static LendingTransactions None { get; } = new();

    readonly Dictionary<(UInt128 Trace, long Segment), Surroundings> lent = [];

    /// <summary>Which segment a span of the transactions belongs to.</summary>
    readonly Dictionary<(UInt128 Trace, long Span), long> segments = [];

    LendingTransactions() { }

    public static LendingTransactions Of(ItemContext context, CountryTable countries)
    {
        if (context.Transactions.Count == 0)
        {
            return None;
        }
        var lending = new LendingTransactions();
        foreach (var payload in context.Transactions)
        {
            if (TransactionPipeline.Lend(context, payload, countries) is { } read)
            {
                lending.Add(read.Record, read.Around);
            }
        }
        return lending;
    }

    /// <summary>Null: it is none of these transactions.</summary>
    public Surroundings? Find(UInt128 trace, long segment) => lent.GetValueOrDefault((trace, segment));

    /// <summary>The same spans; those that name no segment, and hang below a span that has one, name that.</summary>
    public IReadOnlyList<Span> Place(IReadOnlyList<Span> spans)
    {
        if (segments.Count == 0)
        {
            return spans;
        }
        var byId = new Dictionary<(UInt128 Trace, long Span), Span>(spans.Count);
        foreach (var span in spans)
        {
            byId.TryAdd((span.TraceId, span.SpanId), span);
        }
        var found = new Dictionary<(UInt128 Trace, long Span), long?>(spans.Count);
        return
        [
            .. spans.Select(span =>
                span.SegmentId is null && SegmentOf(span, byId, found) is { } segment ? span with { SegmentId = segment } : span
            ),
        ];
    }

    long? SegmentOf(
        Span span,
        Dictionary<(UInt128 Trace, long Span), Span> byId,
        Dictionary<(UInt128 Trace, long Span), long?> found
    )
    {
        var way = new List<(UInt128 Trace, long Span)>();
        long? segment = null;
        for (var at = span; at is not null; at = ParentOf(at, byId))
        {
            var key = (at.TraceId, at.SpanId);
            if ((segment = at.SegmentId) is not null || found.TryGetValue(key, out segment))
            {
                break;
            }
            // A circle of parents ends where it was entered.
            found[key] = null;
            way.Add(key);
            if (at.ParentSpanId is { } parent && segments.TryGetValue((at.TraceId, parent), out var known))
            {
                segment = known;
                break;
            }
        }
        foreach (var key in way)
        {
            found[key] = segment;
        }
        return segment;
    }

    static Span? ParentOf(Span span, Dictionary<(UInt128 Trace, long Span), Span> byId) =>
        span.ParentSpanId is { } parent ? byId.GetValueOrDefault((span.TraceId, parent)) : null;

    void Add(TransactionRecord record, Surroundings around)
    {
        var (_, segment, children) = record;
        lent.TryAdd((segment.TraceId, segment.SpanId), around);
        foreach (var span in (Span[])[segment, .. children])
        {
            segments.TryAdd((span.TraceId, span.SpanId), segment.SpanId);
        }
    }
}
