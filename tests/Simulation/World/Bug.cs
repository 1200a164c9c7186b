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

    /// <summary>The same of records with spans alone; those with events are written in time.</summary>
    SpansCommittedBeforeData,

    /// <summary>The telemetry's position is written before its rows.</summary>
    PositionBeforeRows,

    /// <summary>The position and the rows of events are committed together, the rows of spans after them.</summary>
    PositionBeforeSpans,

    /// <summary>The journal is released up to its end instead of up to what is applied.</summary>
    ReleasedEarly,

    /// <summary>A batch that the telemetry has applied is applied again.</summary>
    AppliedTwice,

    /// <summary>The rows of spans are committed before the position: who is killed between them gets the batch again.</summary>
    SpansAppliedTwice,

    /// <summary>Items that hold nothing but spans are named by their place in the journal: one that comes once more is not known again.</summary>
    SpansWithoutIdentity,

    /// <summary>A day that is made again gets its events and outcomes alone.</summary>
    RebuiltWithoutSpans,

    /// <summary>A merge moves the counts in one transaction and the strands in another: who is killed between them moves the counts again.</summary>
    MergedInTwoSteps,

    /// <summary>New events of a merged issue count on the whole, and not on the strand that would be taken out with them.</summary>
    StrandsNotCounted,

    /// <summary>New events of a merged issue are stored under the whole: nobody knows any more whose they were.</summary>
    StoredUnderParent,

    /// <summary>A user that two strands have seen counts twice.</summary>
    UsersCountedByStrand,

    /// <summary>A day's rows leave its file before the closed one is in its place.</summary>
    ClosedInTwoSteps,

    /// <summary>The closed day takes the place of one that a batch came for meanwhile.</summary>
    ClosedOverBatch,

    /// <summary>A packed payload segment takes the place of the open one before it is synced.</summary>
    PackedSyncSkipped,

    /// <summary>Days go when they were kept a day less than the settings say.</summary>
    DroppedADayEarly,
}
