using Faults;
using Simulation.Stores;

namespace Simulation.World;

/// <summary>What a power loss left of everything: files, metadata, telemetry; and what clients knew at that moment.</summary>
sealed record CrashState(
    MemoryDisk Disk,
    IReadOnlyList<(string Name, byte[] Bytes)> Metadata,
    TelemetryDays Telemetry,
    Promises Promises
);

/// <summary>
/// The states in which the power may leave a server whose files were recorded: journal and payload segments in every legal mixture of what was
/// and was not synced, with the transactions that metadata and telemetry had committed at that moment.
/// </summary>
sealed class CrashStates(MemoryDisk recorded, IReadOnlyList<(string Name, byte[] Bytes)> atFirst)
{
    readonly PowerLoss losses = new(recorded);

    /// <summary>At any moment of the trace; each way of losing what is not synced in turn.</summary>
    public CrashState Draw(int number, Random chance)
    {
        var moment = chance.Next(losses.Moments[^1] + 1);
        var facts = losses.MarkedBefore(moment).ToList();
        var committed = facts.OfType<Committed>().LastOrDefault();
        return new(
            losses.At(moment, (Unsynced)(number % 5), chance),
            committed?.Metadata ?? atFirst,
            committed?.Telemetry ?? TelemetryDays.Empty,
            new(
                [.. facts.OfType<Acknowledged>().Select(fact => fact.Sending)],
                [.. facts.OfType<Attempted>().Select(fact => fact.Sending)],
                [.. facts.OfType<Refused>().Select(fact => fact.Sending)],
                facts.OfType<Regrouped>().LastOrDefault()?.Groups ?? MergedGroups.None,
                NeverCrashed: false
            )
        );
    }

    internal sealed record Acknowledged(Sending Sending);

    internal sealed record Attempted(Sending Sending);

    internal sealed record Refused(Sending Sending);

    internal sealed record Regrouped(MergedGroups Groups);

    internal sealed record Committed(IReadOnlyList<(string Name, byte[] Bytes)> Metadata, TelemetryDays Telemetry);
}
