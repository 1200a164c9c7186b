using System.Diagnostics;
using Tocsin.Protocol;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Countries;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>Items that hold nothing but spans: containers of streamed spans, and single spans of older browsers' clients.</summary>
sealed class SpanPipeline(TraceMeter meter, SegmentMemory memory, IssueIntake issues, CountryTable countries) : IItemPipeline
{
    public bool Handles(string itemType) => itemType is ItemType.Span;

    public int Footprint => SpanRows.Footprint;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload)
    {
        var started = Stopwatch.GetTimestamp();
        if (!SpanItemReader.TryRead(payload.Span, out var batch, out var refusal))
        {
            return new RefusedTrace(context, Outcome.Invalid(refusal.Reason));
        }
        meter.Step("read", started);
        started = Stopwatch.GetTimestamp();
        var beside = LendingTransactions.Of(context, countries);
        var source = SpanSource.Of(batch, context.Envelope?.Sdk, context.Receipt) with
        {
            Spans = beside.Place(batch.Spans),
            Beside = beside,
        };
        var prepared = SpanPreparation.Prepare(context, [source], batch.Refused, memory, countries);
        meter.Step("rows", started);
        meter.Spans(prepared.Spans.Count);
        return prepared;
    }

    /// <summary>Only the problems that were found in the spans have issues.</summary>
    public Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    ) => issues.TakeInAsync(transaction, items, changes, cancellation);
}
