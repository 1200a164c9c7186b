using Tocsin.Journal;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// An export of OpenTelemetry is one item, and behind it one for each exception that its spans tell of: these are errors, and go the way of
/// those that Sentry's clients send. Their indexes and ids follow from the body alone, so that the same record, and the same export sent
/// twice, give the same.
/// </summary>
static class Export
{
    /// <summary>
    /// Bytes of an export's errors. Each repeats what is said once of its program and of its segment: from here on they leave it out, or one request
    /// would become more than any memory holds.
    /// </summary>
    const int MostErrorBytes = 32 << 20;

    /// <summary>
    /// Errors of an export. A few bytes of a span tell of one, so that a single request could hold millions; those behind it are counted as invalid
    /// with this reason.
    /// </summary>
    internal const int MostErrors = 10_000;
    public const string TooManyErrors = "too_many_errors";

    /// <exception cref="InvalidDataException">The body is no such export, which the gateway would not have accepted today.</exception>
    public static IReadOnlyList<UnpackedItem> Open(
        JournalRecord record,
        Receipt receipt,
        ProjectSnapshot? project,
        ReadOnlyMemory<byte> body
    )
    {
        var kind = DoorItem.Of(receipt);
        var encoding = OtlpEncodings.Of(receipt.ContentType, body.Span);
        if (kind.Signal is not { } signal || !OtlpCounter.TryCount(body.Span, signal, encoding, out var tally, out _))
        {
            throw new InvalidDataException($"no export of OpenTelemetry at {receipt.Path}");
        }
        var quantities = tally.Records > 0 ? tally.Quantities(signal, body.Length) : null;
        var items = new List<UnpackedItem> { UnpackedItem.Single(record, receipt, project, kind, body, quantities: quantities) };
        // Its errors were stored when it came first.
        if (signal == OtlpSignal.Traces && receipt.ReplayOf is null && MayTellOfExceptions(body.Span))
        {
            AddErrors(items, record, receipt, project, body.Span, encoding);
            items.RemoveAll(item => receipt.Refused.Contains(item.Item.Index));
        }
        return items;
    }

    /// <summary>How many errors an export of traces becomes; their indexes begin at one.</summary>
    public static int CountErrors(ReadOnlySpan<byte> body, OtlpEncoding encoding) =>
        MayTellOfExceptions(body) && OtlpTraceReader.TryRead(body, encoding, out var traces, out _)
            ? Math.Min(traces.Services.Sum(service => service.Exceptions.Count), MostErrors)
            : 0;

    /// <summary>Reading all spans costs a hundred times as much as looking for a word.</summary>
    static bool MayTellOfExceptions(ReadOnlySpan<byte> body) => body.IndexOf("exception"u8) >= 0;

    static void AddErrors(
        List<UnpackedItem> items,
        JournalRecord record,
        Receipt receipt,
        ProjectSnapshot? project,
        ReadOnlySpan<byte> body,
        OtlpEncoding encoding
    )
    {
        if (!OtlpTraceReader.TryRead(body, encoding, out var traces, out _))
        {
            return;
        }
        var room = MostErrorBytes;
        var left = traces.Services.Sum(service => service.Exceptions.Count) - MostErrors;
        foreach (var service in traces.Services.Where(service => service.Exceptions.Count > 0))
        {
            var segments = service.Spans.Where(span => span.IsSegment).DistinctBy(span => (span.TraceId, span.SpanId));
            var byId = segments.ToDictionary(span => (span.TraceId, (long?)span.SpanId));
            foreach (var thrown in service.Exceptions.Take(MostErrors + 1 - items.Count))
            {
                var segment = byId.GetValueOrDefault((thrown.Span.TraceId, thrown.Span.SegmentId));
                var error = ThrownEvent.Of(service.Resource, thrown, segment, isBrief: room < 0);
                items.Add(ErrorOf(error, record, receipt, project, items.Count));
                room -= items[^1].Payload.Length;
            }
        }
        if (left > 0)
        {
            items.Add(LeftOut(left, record, receipt, project, items.Count));
        }
    }

    /// <summary>One item that counts for all of them.</summary>
    static UnpackedItem LeftOut(int count, JournalRecord record, Receipt receipt, ProjectSnapshot? project, int index)
    {
        var kind = DoorItem.OfEvent(null);
        var item = UnpackedItem.Single(record, receipt, project, kind, default, index, [new(kind.Category, count)]);
        item.Item.Refuse(Outcome.Invalid(TooManyErrors));
        return item;
    }

    /// <summary>As if a client had sent it to the store, also for the quarantine, should it come to that.</summary>
    static UnpackedItem ErrorOf(ErrorEvent error, JournalRecord record, Receipt receipt, ProjectSnapshot? project, int index)
    {
        var stored = receipt with
        {
            Door = Door.Store,
            Path = null,
            ContentType = "application/json",
            Encoding = "",
            EventId = error.Id,
        };
        return UnpackedItem.Single(record, stored, project, DoorItem.OfEvent(null), EventWriter.Write(error), index);
    }
}
