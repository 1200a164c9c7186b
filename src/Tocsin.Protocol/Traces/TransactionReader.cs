using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Events.Reading;
using Tocsin.Protocol.Json;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Traces;

/// <summary>
/// Reads a transaction in one pass. Refused is what no trace can hold: without trace id, span id, start or end, or one that ends before it
/// starts. A bad span below it costs only itself, a bad field only itself; both are noted.
/// </summary>
public static class TransactionReader
{
    /// <param name="json">UTF-8; what is none becomes U+FFFD.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out TransactionRecord? read,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        read = null;
        if (ObjectText.TryRead(json, ReadParts, out var parts, out refusal))
        {
            refusal = Join(parts, out read);
        }
        return refusal is null;
    }

    /// <summary>What a transaction has beyond other events. Trace: null when there is no trace context.</summary>
    sealed class Parts(ErrorEvent common)
    {
        public ErrorEvent Event { get; set; } = common;
        public DateTimeOffset? Start { get; set; }
        public SpanDraft? Trace { get; set; }
        public IReadOnlyList<SpanDraft> Spans { get; set; } = [];
        public IReadOnlyList<Measurement> Measurements { get; set; } = [];
    }

    static Parts ReadParts(ReadOnlySpan<byte> json)
    {
        var notes = new FieldNotes();
        var parts = new Parts(new());
        var cursor = new JsonCursor(json, notes, stackalloc char[128]);
        parts.Event = EventFields.Read(ref cursor, notes, (ref own) => ReadOwn(ref own, parts));
        cursor.Finish();
        return parts;
    }

    static bool ReadOwn(ref JsonCursor cursor, Parts parts)
    {
        switch (cursor.Name)
        {
            case "start_timestamp":
                parts.Start = cursor.Time();
                return true;
            case "measurements":
                parts.Measurements = MeasurementReader.Read(ref cursor);
                return true;
            case "spans":
                parts.Spans = ElementList.ReadValues(ref cursor, ReadChild);
                return true;
            case "contexts":
                parts.Trace = FindTrace(cursor.Ahead(stackalloc char[128])) ?? parts.Trace;
                return false;
            default:
                return false;
        }
    }

    /// <summary>The trace context is read twice: here as a span, and as a context like all the others.</summary>
    static SpanDraft? FindTrace(JsonCursor cursor)
    {
        SpanDraft? trace = null;
        if (cursor.Token == JsonTokenType.StartObject)
        {
            cursor.Open();
            while (cursor.NextProperty())
            {
                trace =
                    cursor.Name is "trace" && cursor.Token == JsonTokenType.StartObject
                        ? SpanFields.Read(ref cursor)
                        : cursor.Skip(trace);
            }
        }
        return trace;
    }

    static SpanDraft? ReadChild(ref JsonCursor cursor)
    {
        if (SpanFields.Read(ref cursor) is not { } draft)
        {
            return null;
        }
        if (draft.Fault is { } fault)
        {
            cursor.Note(fault);
            return null;
        }
        if (draft.End is null || draft.End < draft.Start)
        {
            cursor.Note(draft.End is null ? "not finished" : "ends before it starts");
        }
        return draft;
    }

    static Refusal? Join(Parts parts, out TransactionRecord? joined)
    {
        joined = null;
        var cause = parts switch
        {
            { Trace: null } => "missing trace context",
            { Trace.TraceId: null } => "trace context is missing trace_id",
            { Trace.SpanId: null } => "trace context is missing span_id",
            { Event.Timestamp: null } => "timestamp hard-required for transaction events",
            { Start: null } => "start_timestamp hard-required for transaction events",
            _ when parts.Event.Timestamp < parts.Start => "end timestamp is smaller than start timestamp",
            _ => null,
        };
        if (cause is not null)
        {
            return Refusal.InvalidTransaction(cause);
        }
        var trace = parts.Trace!;
        var (start, end) = (parts.Start!.Value, parts.Event.Timestamp!.Value);
        var segment = trace.Finish(start, end) with
        {
            SegmentId = trace.SpanId,
            IsSegment = true,
            Name = string.IsNullOrWhiteSpace(parts.Event.Transaction) ? null : SpanText.WithoutNul(parts.Event.Transaction),
            Measurements = parts.Measurements,
        };
        foreach (var span in parts.Spans)
        {
            span.SegmentId ??= segment.SpanId;
        }
        // A span that nobody finished was cut off by the end of its transaction.
        var children = parts.Spans.Select(span => span.Finish(span.Start!.Value, span.End ?? end));
        joined = new(parts.Event, segment, [.. children]);
        return null;
    }
}
