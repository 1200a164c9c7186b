using Tocsin.Journal;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// A journal record as its items. The payloads are slices of the inflated body and go with its arena. Outcomes: counted already, by the
/// gateway or by a client; they are written as they are.
/// </summary>
sealed record UnpackedRecord
{
    /// <summary>Of its decoded body, whether or not they became items.</summary>
    public long Bytes { get; init; }
    public IReadOnlyList<UnpackedItem> Items { get; init; } = [];
    public IReadOnlyList<OutcomeRow> Outcomes { get; init; } = [];
}

sealed record UnpackedItem(BatchItem Item, ItemContext? Context, ReadOnlyMemory<byte> Payload)
{
    /// <summary>One that has no header of its own.</summary>
    /// <param name="quantities">Null: one of its category.</param>
    public static UnpackedItem Single(
        JournalRecord record,
        Receipt receipt,
        ProjectSnapshot? project,
        DoorItem kind,
        ReadOnlyMemory<byte> payload,
        int index = 0,
        IReadOnlyList<CategoryQuantity>? quantities = null
    )
    {
        var item = new BatchItem
        {
            Record = record,
            Index = index,
            Receipt = receipt,
            Project = project,
            ItemType = kind.ItemType,
            Quantities = quantities ?? [new(kind.Category, 1)],
        };
        if (project is null)
        {
            item.Refuse(Outcome.Invalid(OutcomeReason.ProjectGone));
            return new(item, null, payload);
        }
        var context = new ItemContext
        {
            Position = record.Position,
            Index = index,
            Receipt = receipt,
            Project = project,
            ItemType = kind.ItemType,
        };
        return new(item, context, payload);
    }
}

/// <summary>
/// Opens what the gateway has acknowledged. Limits were its business: here everything is read that memory can hold, since the client
/// has its 200 already.
/// </summary>
static class Unpacking
{
    static readonly ItemLimit NoLimit = new(long.MaxValue, int.MaxValue, long.MaxValue);
    static readonly BodyLimits NoBodyLimits = new(int.MaxValue, int.MaxValue, int.MaxValue);

    static readonly EnvelopeLimits NoLimits = new()
    {
        Envelope = long.MaxValue,
        HeaderLine = int.MaxValue,
        Items = int.MaxValue,
        Event = NoLimit,
        Attachment = NoLimit,
        ReplayRecording = NoLimit,
        ReplayVideo = NoLimit,
        Session = NoLimit,
        ClientReport = NoLimit,
        Profile = NoLimit,
        ProfileChunk = NoLimit,
        CheckIn = NoLimit,
        Statsd = NoLimit,
        Log = NoLimit,
        TraceMetric = NoLimit,
        SpanContainer = NoLimit,
        Span = NoLimit,
    };

    /// <exception cref="InvalidDataException">The record cannot be opened.</exception>
    public static UnpackedRecord Unpack(
        JournalRecord record,
        Receipt receipt,
        ReadOnlyMemory<byte> received,
        Func<long, ProjectSnapshot?> projects,
        BodyArena arena
    )
    {
        if (receipt.Door == Door.Outcomes)
        {
            return new()
            {
                Bytes = received.Length,
                Outcomes = [.. RefusedCount.Read(received.Span).Select(count => RowOf(count, projects))],
            };
        }
        var project = projects(receipt.ProjectId);
        var body = BodyInflater.Inflate(receipt.Encoding, received, NoBodyLimits, arena);
        UnpackedRecord opened = receipt.Door switch
        {
            Door.Envelope => OpenEnvelope(record, receipt, project, body),
            Door.Store => OpenStore(record, receipt, project, body),
            Door.Security => new() { Items = Reports.Open(record, receipt, project, body) },
            Door.Findings => new() { Items = [Finding(record, receipt, project, body)] },
            Door.Otlp => new() { Items = Export.Open(record, receipt, project, body) },
            _ => new() { Items = [UnpackedItem.Single(record, receipt, project, DoorItem.Of(receipt), body)] },
        };
        return opened with { Bytes = body.Length };
    }

    static UnpackedRecord OpenEnvelope(JournalRecord record, Receipt receipt, ProjectSnapshot? project, ReadOnlyMemory<byte> body)
    {
        if (!Envelope.TryRead(body, NoLimits, out var envelope, out var refusal))
        {
            throw new InvalidDataException($"{refusal.Message}: {refusal.Cause}");
        }
        var items = new List<UnpackedItem>(envelope.Items.Count);
        var transactions = BesideSpans(envelope);
        ReportedLosses? losses = null;
        for (var i = 0; i < envelope.Items.Count; i++)
        {
            var (header, payload) = envelope.Items[i];
            if (receipt.Refused.Contains(i))
            {
                continue;
            }
            if (header.Type == ItemType.ClientReport && ClientReport.TryRead(payload.Span, out var discarded))
            {
                (losses ??= new(receipt, project)).Add(discarded);
                continue;
            }
            var item = Item(record, i, receipt, project, envelope.Header, StatedType.Correct(header, payload.Span), payload);
            items.Add(
                IsSpanContainer(header) && item.Context is { } context
                    ? item with
                    {
                        Context = context with { Transactions = transactions },
                    }
                    : item
            );
        }
        if (envelope.Items.Count == 0)
        {
            // Legal, and answered with 200; it leaves a trace, because who sends nothing but that has a problem.
            var empty = UnpackedItem.Single(record, receipt, project, new(ItemType.Event, DataCategory.Default), default);
            empty.Item.Refuse(Outcome.Invalid(OutcomeReason.EmptyEnvelope));
            items.Add(empty);
        }
        return new() { Items = items, Outcomes = losses?.Rows ?? [] };
    }

    /// <summary>The gateway lets one container and a transaction in, so that no body is read over and over.</summary>
    static IReadOnlyList<ReadOnlyMemory<byte>> BesideSpans(Envelope envelope) =>
        envelope.Items.Any(item => IsSpanContainer(item.Header))
            ?
            [
                .. envelope
                    .Items.Where(item => StatedType.Correct(item.Header, item.Payload.Span).Type == ItemType.Transaction)
                    .Select(item => item.Payload),
            ]
            : [];

    static bool IsSpanContainer(ItemHeader header) => header is { Type: ItemType.Span, IsContainer: true };

    static UnpackedRecord OpenStore(JournalRecord record, Receipt receipt, ProjectSnapshot? project, ReadOnlyMemory<byte> body)
    {
        var readable = StoreBody.TryDecode(body, int.MaxValue, out var json, out var refusal);
        var kind =
            readable && EventReader.TryScan(json!.Value.Span, out var scan, out refusal)
                ? DoorItem.OfEvent(scan.Type)
                : DoorItem.OfEvent(null);
        var item = UnpackedItem.Single(record, receipt, project, kind, json ?? default);
        if (refusal is not null)
        {
            item.Item.Refuse(Outcome.Invalid(refusal.Reason));
        }
        return new() { Items = [item] };
    }

    /// <summary>It counts for nothing, as what another item raises.</summary>
    static UnpackedItem Finding(JournalRecord record, Receipt receipt, ProjectSnapshot? project, ReadOnlyMemory<byte> body) =>
        UnpackedItem.Single(record, receipt, project, DoorItem.Of(receipt), body, quantities: []);

    static OutcomeRow RowOf(RefusedCount count, Func<long, ProjectSnapshot?> projects) =>
        new()
        {
            OrganizationId = projects(count.ProjectId)?.OrganizationId ?? 0,
            ProjectId = count.ProjectId,
            KeyId = count.KeyId,
            Timestamp = count.Time,
            Outcome = (int)count.Outcome,
            Reason = count.Reason,
            Category = count.Category,
            Quantity = count.Quantity,
        };

    static UnpackedItem Item(
        JournalRecord record,
        int index,
        Receipt receipt,
        ProjectSnapshot? project,
        EnvelopeHeader envelope,
        ItemHeader header,
        ReadOnlyMemory<byte> payload
    )
    {
        var quantities = ItemCategory.Quantities(header, payload.Length);
        var item = new BatchItem
        {
            Record = record,
            Index = index,
            Receipt = receipt,
            Project = project,
            ItemType = header.Type,
            Quantities = quantities.Count > 0 ? quantities : [new(DataCategory.Default, 1)],
        };
        if (project is null)
        {
            item.Refuse(Outcome.Invalid(OutcomeReason.ProjectGone));
            return new(item, null, payload);
        }
        var context = new ItemContext
        {
            Position = record.Position,
            Index = index,
            Receipt = receipt,
            Project = project,
            Envelope = envelope,
            ItemType = header.Type,
            Header = header,
        };
        return new(item, context, payload);
    }
}
