using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// The steps that only compute: open the records, prepare each item by the pipeline of its kind, pack what will be kept. On all processors;
/// nothing here touches a store.
/// </summary>
sealed class Preparation(ProjectDirectory projects, IReadOnlyList<IItemPipeline> pipelines, PipelineOptions options)
{
    const int Tries = 3;
    const int WindowBytes = 256 << 10;

    /// <summary>What they decode to is known behind the window: a few hundred bytes may become a megabyte.</summary>
    const int WindowRecords = 64;

    /// <summary>In the place of an item's index: the record itself cannot be opened.</summary>
    const int WholeRecord = -1;

    readonly MemoryShortage shortage = new();

    /// <summary>Opens records until the batch holds enough; returns how many it took.</summary>
    public int Unpack(Batch batch, IReadOnlyList<ReceivedRecord> records)
    {
        var used = 0;
        var inflated = 0L;
        while (used < records.Count && inflated < options.InflatedBytes)
        {
            var window = WindowFrom(records, used);
            var beside = new UnpackedRecord?[window];
            Parallel.For(0, window, DigestionThreads.Division, i => beside[i] = OpenBeside(records[used + i], batch.Bodies));
            for (var i = 0; i < window; i++)
            {
                var record = records[used + i];
                var opened = beside[i] ?? OpenAlone(record, batch.Bodies);
                batch.Unpacked.Add(opened);
                batch.Items.AddRange(opened.Items.Select(unpacked => unpacked.Item));
                batch.Counted.AddRange(opened.Outcomes);
                batch.Bytes += record.Record.Bytes.Length;
                if (record.Receipt is { } receipt && (batch.Oldest == 0 || receipt.Received < batch.Oldest))
                {
                    batch.Oldest = receipt.Received;
                }
                inflated += FootprintOf(opened);
            }
            used += window;
        }
        batch.Records = used;
        return used;
    }

    public void Prepare(Batch batch)
    {
        var items = batch.Unpacked.SelectMany(record => record.Items).Where(item => item.Item.IsAccepted).ToList();
        PrepareAll(items, batch.Frames);
        PrepareAgain(items, batch.Frames);
        batch.Items.AddRange(items.Where(item => item.Item.IsAccepted).SelectMany(item => Raised(item.Item, batch.Frames)));
        batch.ReleaseBodies();
        shortage.Forget();
    }

    /// <summary>Those for which there was no memory beside the others once more, one after the other.</summary>
    void PrepareAll(IReadOnlyList<UnpackedItem> items, BodyArena frames)
    {
        Parallel.ForEach(items, DigestionThreads.Division, item => PrepareBeside(item, frames));
        foreach (var item in items.Where(item => item.Item is { IsAccepted: true, Prepared: null }))
        {
            PrepareAlone(item, frames);
        }
    }

    /// <summary>
    /// Items tell about each other. The order in which threads came to them must not show in what is stored: all ask before any tells, and
    /// the few that a later answer changes are prepared once more.
    /// </summary>
    void PrepareAgain(IReadOnlyList<UnpackedItem> items, BodyArena frames)
    {
        foreach (var unpacked in items)
        {
            unpacked.Item.Prepared?.Tell();
        }
        var outdated = items.Where(unpacked => unpacked.Item.Prepared?.IsOutdated == true).ToList();
        outdated.ForEach(unpacked => unpacked.Item.Reopen());
        PrepareAll(outdated, frames);
    }

    IItemPipeline? PipelineOf(BatchItem item) => pipelines.FirstOrDefault(pipeline => pipeline.Handles(item.ItemType));

    /// <summary>Of the items what their kinds make of them; of the rest of the body, such as reports and what the quota took out, its bytes.</summary>
    long FootprintOf(UnpackedRecord record)
    {
        var (payloads, footprint) = (0L, 0L);
        foreach (var (item, _, payload) in record.Items)
        {
            payloads += payload.Length;
            footprint += (long)payload.Length * (PipelineOf(item)?.Footprint ?? 1);
        }
        return footprint + Math.Max(0, record.Bytes - payloads);
    }

    static int WindowFrom(IReadOnlyList<ReceivedRecord> records, int from)
    {
        var (count, bytes) = (0, 0L);
        while (from + count < records.Count && count < WindowRecords && (count == 0 || bytes < WindowBytes))
        {
            bytes += records[from + count].Record.Bytes.Length;
            count++;
        }
        return count;
    }

    /// <summary>Null: there was no memory for it beside the others.</summary>
    UnpackedRecord? OpenBeside(ReceivedRecord received, BodyArena bodies)
    {
        try
        {
            return Open(received, bodies);
        }
        catch (Exception failure) when (MemoryShortage.Is(failure))
        {
            return null;
        }
    }

    /// <exception cref="OutOfMemoryException">The batch is to be begun again.</exception>
    UnpackedRecord OpenAlone(ReceivedRecord received, BodyArena bodies)
    {
        try
        {
            return Open(received, bodies);
        }
        catch (Exception failure) when (MemoryShortage.Is(failure))
        {
            if (!shortage.IsTooMuch(received.Record.Position, WholeRecord))
            {
                throw;
            }
            return Unreadable(received, failure.Message);
        }
    }

    UnpackedRecord Open(ReceivedRecord received, BodyArena bodies)
    {
        if (received.Receipt is not { } receipt)
        {
            return Unreadable(received, received.Error!);
        }
        try
        {
            return Unpacking.Unpack(received.Record, receipt, received.Body, projects.Get, bodies);
        }
        // Boundary: one record. Whatever is wrong with it must not stop the others.
        catch (Exception broken) when (broken is not OperationCanceledException && !MemoryShortage.Is(broken))
        {
            return Unreadable(received, broken.Message);
        }
    }

    UnpackedRecord Unreadable(ReceivedRecord received, string error)
    {
        var item = new BatchItem
        {
            Record = received.Record,
            Index = 0,
            Receipt = received.Receipt,
            Project = received.Receipt is { } receipt ? projects.Get(receipt.ProjectId) : null,
            ItemType = "record",
            Quantities = [new(DataCategory.Default, 1)],
        };
        item.Quarantine(
            OutcomeReason.Poison,
            QuarantineFrame.OfRecord(received.Record.Position, received.Receipt, received.Body),
            error
        );
        return new() { Items = [new(item, null, default)] };
    }

    void PrepareBeside(UnpackedItem unpacked, BodyArena frames)
    {
        try
        {
            Prepare(unpacked, frames);
        }
        catch (Exception failure) when (MemoryShortage.Is(failure))
        {
            // It is tried once more alone.
            unpacked.Item.Reopen();
        }
    }

    /// <exception cref="OutOfMemoryException">The batch is to be begun again.</exception>
    void PrepareAlone(UnpackedItem unpacked, BodyArena frames)
    {
        var item = unpacked.Item;
        try
        {
            Prepare(unpacked, frames);
        }
        catch (Exception failure) when (MemoryShortage.Is(failure))
        {
            if (!shortage.IsTooMuch(item.Position, item.Index))
            {
                throw;
            }
            var frame = QuarantineFrame.OfItem(unpacked.Context!, unpacked.Payload);
            item.Quarantine(OutcomeReason.Poison, frame, failure.ToString());
        }
    }

    void Prepare(UnpackedItem unpacked, BodyArena frames)
    {
        var (item, context, payload) = unpacked;
        item.Context = context;
        item.Pipeline = PipelineOf(item);
        if (item.Pipeline is null)
        {
            item.Quarantine(OutcomeReason.Unhandled, QuarantineFrame.OfItem(context!, payload));
            return;
        }
        for (var attempt = 1; item.Prepared is null; attempt++)
        {
            try
            {
                var prepared = item.Pipeline.Prepare(context!, payload);
                item.Frame = prepared.Outcome.Kind == OutcomeKind.Accepted ? Pack(prepared, frames.Keep) : null;
                item.Prepared = prepared;
            }
            // Boundary: one item. A bug in its room, or a payload that finds one.
            catch (Exception poison) when (poison is not OperationCanceledException && !MemoryShortage.Is(poison))
            {
                if (attempt == Tries)
                {
                    item.Quarantine(OutcomeReason.Poison, QuarantineFrame.OfItem(context!, payload), poison.ToString());
                    return;
                }
            }
        }
        item.Quantities = item.Prepared.Quantities ?? item.Quantities;
        switch (item.Prepared.Outcome.Kind)
        {
            case OutcomeKind.Accepted:
                break;
            case OutcomeKind.Quarantined:
                item.Quarantine(item.Prepared.Outcome.Reason, QuarantineFrame.OfItem(context!, payload));
                break;
            default:
                item.Refuse(item.Prepared.Outcome);
                break;
        }
    }

    static IEnumerable<BatchItem> Raised(BatchItem item, BodyArena frames) =>
        item.Prepared!.Raised.Select(raised => new BatchItem
        {
            Record = item.Record,
            Index = item.Index,
            Receipt = item.Receipt,
            Project = item.Project,
            ItemType = item.ItemType,
            Quantities = [],
            Context = item.Context,
            Pipeline = item.Pipeline,
            Prepared = raised,
            Frame = Pack(raised, frames.Keep),
        });

    /// <summary>What goes to the payload segments; null: nothing of it is kept.</summary>
    public static ReadOnlyMemory<byte>? Pack(PreparedItem prepared, Func<ReadOnlySpan<byte>, ReadOnlyMemory<byte>> keep)
    {
        if (prepared.Row is null && prepared.Spans.Count == 0 && prepared.Body.IsEmpty)
        {
            return null;
        }
        var frame = PayloadFrame.Write(
            new()
            {
                Kind = PayloadKind.Item,
                Position = prepared.Context.Position,
                Index = prepared.Context.Index,
                ProjectId = prepared.Context.Project.Id,
                EventId = prepared.EventId ?? default,
                Columns =
                    prepared.Spans.Count > 0 ? SpanFormat.Write(prepared.Spans)
                    : prepared.Row is null ? default
                    : RowFormat.Write(prepared.Row),
                Body = prepared.Body,
            },
            keep
        );
        prepared.LetGo();
        return frame;
    }
}
