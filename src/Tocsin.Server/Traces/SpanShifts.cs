using System.Runtime.InteropServices;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>
/// By how much the spans of an item are moved where a clock was wrong (<see cref="SpanClock"/>). Those that one program sent of one trace are moved
/// together; a collector sends those of many, and the clock of one says nothing of the others'.
/// </summary>
sealed class SpanShifts
{
    /// <summary>When the last span of each ended; what a program sent is told by the object that holds it.</summary>
    readonly Dictionary<SpanSource, Dictionary<UInt128, long>> latest = new(ReferenceEqualityComparer.Instance);
    readonly long received;
    readonly long? sent;

    SpanShifts(long received, long? sent) => (this.received, this.sent) = (received, sent);

    /// <summary>Null where no clock was wrong, as nearly always.</summary>
    /// <param name="drafts">At least one.</param>
    public static SpanShifts? Of(ItemContext context, IReadOnlyList<SpanDraft> drafts)
    {
        var shifts = new SpanShifts(
            context.Receipt.Received,
            context.Envelope?.SentAt is { } at ? Microseconds.From(at) : (long?)null
        );
        if (shifts.For(drafts.Min(draft => draft.Span.End)) == 0 && shifts.For(drafts.Max(draft => draft.Span.End)) == 0)
        {
            return null;
        }
        foreach (var draft in drafts)
        {
            shifts.See(draft);
        }
        return shifts;
    }

    /// <summary>Microseconds to add.</summary>
    public long For(SpanDraft draft) => For(latest[draft.Source][draft.Span.TraceId]);

    long For(long latest) => SpanClock.Shift(received, sent, latest);

    void See(SpanDraft draft)
    {
        if (!this.latest.TryGetValue(draft.Source, out var traces))
        {
            this.latest.Add(draft.Source, traces = []);
        }
        ref var latest = ref CollectionsMarshal.GetValueRefOrAddDefault(traces, draft.Span.TraceId, out var isKnown);
        latest = isKnown ? Math.Max(latest, draft.Span.End) : draft.Span.End;
    }
}
