using System.Diagnostics;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Countries;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>Exports of OpenTelemetry: spans of one or several services in one request. The exceptions in them are items of their own.</summary>
sealed class OtlpPipeline(TraceMeter meter, SegmentMemory memory, IssueIntake issues, CountryTable countries) : IItemPipeline
{
    public bool Handles(string itemType) => itemType == DoorItem.OtlpTraces;

    public int Footprint => SpanRows.Footprint;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload)
    {
        var started = Stopwatch.GetTimestamp();
        var encoding = OtlpEncodings.Of(context.Receipt.ContentType, payload.Span);
        if (!OtlpTraceReader.TryRead(payload.Span, encoding, out var traces, out var refusal))
        {
            return new RefusedTrace(context, Outcome.Invalid(refusal.Reason));
        }
        meter.Step("read", started);
        started = Stopwatch.GetTimestamp();
        var prepared = SpanPreparation.Prepare(
            context,
            [.. traces.Services.Select(SpanSource.Of)],
            traces.Refused,
            memory,
            countries
        );
        meter.Step("rows", started);
        meter.Spans(prepared.Spans.Count);
        return prepared;
    }

    public Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    ) => issues.TakeInAsync(transaction, items, changes, cancellation);
}
