using Simulation.Stores;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>
/// The rows as the worker first gave them to the telemetry. Whatever was lost and made again since, from the payload segments and in other
/// pieces, must be the same.
/// </summary>
sealed class FirstRows
{
    readonly Dictionary<(long, UInt128), EventRow> events = [];
    readonly Dictionary<(long, SpanKey), SpanRow> spans = [];

    public void Add(TelemetryBatch batch)
    {
        foreach (var row in batch.Events)
        {
            events.TryAdd((row.ProjectId, row.EventId), row);
        }
        foreach (var row in batch.Spans)
        {
            spans.TryAdd(KeyOf(row), row);
        }
    }

    public void Check(MemoryTelemetryStore telemetry)
    {
        Audit.Check(
            telemetry.Events.All(row => !events.TryGetValue((row.ProjectId, row.EventId), out var first) || first == row),
            "an event was made again otherwise than it was"
        );
        Audit.Check(
            telemetry.Spans.All(row => !spans.TryGetValue(KeyOf(row), out var first) || first == row),
            "a span was made again otherwise than it was"
        );
    }

    static (long, SpanKey) KeyOf(SpanRow row) => (row.ProjectId, new(row.TraceId, row.SpanId));
}
