using Server.Tests.Errors;
using Server.Tests.Traces;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Fuzzing;

/// <summary>
/// What the worker makes of an item, up to the rows that it keeps of it: read, filtered, scrubbed, grouped, looked over for problems. A rebuild
/// must find the same rows again.
/// </summary>
static class KeptItems
{
    static readonly IItemPipeline[] Pipelines = [SomeErrors.Pipeline, .. SomeTraces.Pipelines];

    public static void Of(string itemType, byte[] payload) => Prepare(SomeErrors.Context(itemType), payload);

    /// <summary>An export with the errors that its spans tell of.</summary>
    public static void OfExport(byte[] body)
    {
        var context = SomeErrors.Context(DoorItem.OtlpTraces);
        var receipt = context.Receipt with { Door = Door.Otlp, Path = "integration/otlp/v1/traces" };
        try
        {
            foreach (var item in Export.Open(new(1, default), receipt, context.Project, body))
            {
                Prepare(item.Context!, item.Payload);
            }
        }
        catch (InvalidDataException)
        {
            // Refused; the gateway does so before.
        }
    }

    static void Prepare(ItemContext context, ReadOnlyMemory<byte> payload)
    {
        // What it would tell other items is not asked for: an input must not depend on those before it.
        var prepared = Pipelines.First(pipeline => pipeline.Handles(context.ItemType)).Prepare(context, payload);
        foreach (var item in prepared.Raised.Prepend(prepared))
        {
            Keep(item);
        }
    }

    static void Keep(PreparedItem item)
    {
        if (item.Row is { } row && RowFormat.ReadEvent(RowFormat.Write(row)) != row)
        {
            throw new InvalidOperationException("The row of an event is read otherwise than it was written.");
        }
        if (
            item.Spans is { Count: > 0 } spans
            && !SpanFormat.Read(SpanFormat.Write(spans), item.Context.Project.Id).SequenceEqual(spans)
        )
        {
            throw new InvalidOperationException("The rows of spans are read otherwise than they were written.");
        }
    }
}
