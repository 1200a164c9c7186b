using System.Collections.Immutable;
using Simulation.World;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Simulation.Stores;

/// <summary>
/// A telemetry store in memory, for runs in which only the seed decides: it commits as the real one does, between two steps, and its state
/// outlives the store. It answers no queries; who audits reads the rows. That it does what the real one does is a test of its own.
/// </summary>
sealed class MemoryTelemetryStore(TelemetryDays state, Bug bug = Bug.None) : TelemetryStore
{
    /// <summary>In which a day is rewritten.</summary>
    const int Pieces = 3;

    /// <summary>A day is rebuilt, closed or dropped, and no other meanwhile.</summary>
    readonly SemaphoreSlim rebuilding = new(1);

    /// <summary>What is committed.</summary>
    public TelemetryDays State { get; private set; } = state;

    /// <summary>Told of each batch that the worker or the recovery gives, and again when it is committed.</summary>
    public Action<TelemetryBatch> Given { get; init; } = _ => { };

    /// <summary>Told before a batch is applied and after each change.</summary>
    public Action<string> Told { get; init; } = _ => { };

    /// <summary>Told when a day has no rows of these kinds any more, as somebody asked to have them dropped.</summary>
    public Action<DateOnly, RowKinds> Dropped { get; init; } = (_, _) => { };

    /// <summary>Where the engine calls the disk: fails as that does.</summary>
    public Action Touches { get; init; } = () => { };

    public override long Applied => State.Applied;

    public override IReadOnlyList<TelemetryDay> Days =>
        [
            .. State.Days.Select(day => new TelemetryDay(day.Key, 1 + day.Value.Batches.Count, day.Value.Damage)
            {
                Kinds = day.Value.Kinds,
                IsClosed = day.Value.IsClosed,
            }),
        ];

    public IEnumerable<EventRow> Events => Batches.SelectMany(batch => batch.Events);

    public IEnumerable<SpanRow> Spans => Batches.SelectMany(batch => batch.Spans);

    public IEnumerable<OutcomeRow> Outcomes => Batches.SelectMany(batch => batch.Outcomes);

    /// <summary>In the order of their commit within each day.</summary>
    public IEnumerable<TelemetryBatch> Batches => State.Days.Values.SelectMany(day => day.Batches);

    public override async Task ApplyAsync(TelemetryBatch batch, CancellationToken cancellation)
    {
        Given(batch);
        Told("applying");
        // The engine's work takes a while, and anything may happen meanwhile.
        await Task.Yield();
        if (batch.Position <= Applied && bug != Bug.AppliedTwice)
        {
            return;
        }
        Touch();
        Given(batch);
        if (bug == Bug.PositionBeforeRows)
        {
            State = State with { Floor = Math.Max(State.Floor, batch.Position) };
            Told("position");
            await Task.Yield();
        }
        if (bug is Bug.PositionBeforeSpans or Bug.SpansAppliedTwice)
        {
            var events = batch with { Spans = [] };
            var spans = batch with { Events = [], Outcomes = [] };
            State = State.Add(bug == Bug.PositionBeforeSpans ? events : spans with { Position = Applied });
            Told("one half");
            await Task.Yield();
            State = State.Add(bug == Bug.PositionBeforeSpans ? spans : events);
        }
        else
        {
            State = State.Add(batch);
        }
        Told("applied");
        await Task.Yield();
    }

    public override async Task RebuildAsync(DateOnly day, IAsyncEnumerable<TelemetryBatch> rows, CancellationToken cancellation)
    {
        await rebuilding.WaitAsync(CancellationToken.None);
        try
        {
            var given = new List<TelemetryBatch>();
            await foreach (var batch in rows.WithCancellation(cancellation))
            {
                given.Add(bug == Bug.RebuiltWithoutSpans ? batch with { Spans = [] } : batch);
                await Task.Yield();
                Touch();
            }
            var highest = given.Select(batch => batch.Position).DefaultIfEmpty(0).Max();
            var later = State.Days.GetValueOrDefault(day)?.Batches.Where(batch => batch.Position > highest) ?? [];
            State = State with { Days = State.Days.SetItem(day, new([.. given, .. later])) };
            Told("rebuilt");
        }
        finally
        {
            rebuilding.Release();
        }
    }

    public override Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation) => RewriteAsync(day, RowKinds.None);

    public override Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation) =>
        RewriteAsync(day, kinds);

    async Task<bool> RewriteAsync(DateOnly day, RowKinds without)
    {
        await rebuilding.WaitAsync(CancellationToken.None);
        try
        {
            if (State.Days.GetValueOrDefault(day) is { } found)
            {
                return await RewriteAsync(day, found, without);
            }
            Dropped(day, without);
            return false;
        }
        finally
        {
            rebuilding.Release();
        }
    }

    async Task<bool> RewriteAsync(DateOnly day, TelemetryDayState found, RowKinds without)
    {
        var isWhole = found.Damage is null;
        if (without == RowKinds.All || isWhole && without != RowKinds.None && (found.Kinds & ~without) == RowKinds.None)
        {
            State = new(State.Days.Remove(day), State.Applied);
            Told("dropped");
            Dropped(day, without);
            return true;
        }
        if (!isWhole || found.IsClosed && (found.Kinds & without) == RowKinds.None)
        {
            Dropped(day, without);
            return isWhole;
        }
        // Into a file beside, while batches come and anything may happen.
        for (var piece = 0; piece < Pieces; piece++)
        {
            await Task.Yield();
            Touch();
        }
        if (bug != Bug.ClosedOverBatch && !ReferenceEquals(State.Days.GetValueOrDefault(day), found))
        {
            // Made again after its bodies went, it had none of these rows before.
            if ((State.Days[day].Kinds & without) == RowKinds.None)
            {
                Dropped(day, without);
            }
            return false;
        }
        if (bug == Bug.ClosedInTwoSteps)
        {
            State = new(State.Days.SetItem(day, found.Without(RowKinds.All)), State.Applied);
            Told("half closed");
            await Task.Yield();
        }
        State = State with { Days = State.Days.SetItem(day, found.Without(without) with { IsClosed = true }) };
        Told(without == RowKinds.None ? "closed" : "dropped");
        Dropped(day, without);
        return true;
    }

    /// <summary>What a disk refuses is the engine's failure.</summary>
    void Touch()
    {
        try
        {
            Touches();
        }
        catch (IOException failure) when (failure is not CrashException)
        {
            throw new TelemetryStoreException(failure.Message);
        }
    }

    public override Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation) =>
        throw new NotSupportedException("The simulation reads the rows themselves.");

    public override ValueTask DisposeAsync()
    {
        rebuilding.Dispose();
        return ValueTask.CompletedTask;
    }
}
