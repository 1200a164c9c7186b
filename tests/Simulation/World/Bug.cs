namespace Simulation.World;

/// <summary>Mistakes that the simulation must find: each is planted where a careless change could put it.</summary>
enum Bug
{
    None,

    /// <summary>An append returns before its record is synced.</summary>
    JournalSyncSkipped,

    /// <summary>The metadata refers to payload segments that were never synced.</summary>
    PayloadSyncSkipped,

    /// <summary>The metadata is committed while the payload segments' bytes are still in the process.</summary>
    CommitBeforeData,

    /// <summary>The telemetry's position is written before its rows.</summary>
    PositionBeforeRows,

    /// <summary>The journal is released up to its end instead of up to what is applied.</summary>
    ReleasedEarly,

    /// <summary>A batch that the telemetry has applied is applied again.</summary>
    AppliedTwice,
}
