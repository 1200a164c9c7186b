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
    /// <summary>What is committed.</summary>
    public TelemetryDays State { get; private set; } = state;

    /// <summary>Told of each batch that the worker or the recovery gives.</summary>
    public Action<TelemetryBatch> Given { get; init; } = _ => { };

    /// <summary>Told before a batch is applied and after each change.</summary>
    public Action<string> Told { get; init; } = _ => { };

    public override long Applied => State.Applied;

    public override IReadOnlyList<TelemetryDay> Days =>
        [
            .. State.Days.Select(day => new TelemetryDay(day.Key, 1 + day.Value.Batches.Count, day.Value.Damage)
            {
                Kinds = day.Value.Batches.Aggregate(RowKinds.None, (kinds, batch) => kinds | KindsOf(batch)),
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
        var given = new List<TelemetryBatch>();
        await foreach (var batch in rows.WithCancellation(cancellation))
        {
            given.Add(bug == Bug.RebuiltWithoutSpans ? batch with { Spans = [] } : batch);
            await Task.Yield();
        }
        var highest = given.Select(batch => batch.Position).DefaultIfEmpty(0).Max();
        var later = State.Days.GetValueOrDefault(day)?.Batches.Where(batch => batch.Position > highest) ?? [];
        State = State with { Days = State.Days.SetItem(day, new([.. given, .. later])) };
        Told("rebuilt");
    }

    /// <summary>Rows in memory have one form only.</summary>
    public override Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation) =>
        Task.FromResult(State.Days.GetValueOrDefault(day) is { Damage: null });

    public override Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation)
    {
        if (State.Days.GetValueOrDefault(day) is not { Damage: null } found)
        {
            return Task.FromResult(false);
        }
        var left = found.Batches.ConvertAll(batch => Without(batch, kinds));
        State = left.Exists(batch => KindsOf(batch) != RowKinds.None)
            ? State with
            {
                Days = State.Days.SetItem(day, found with { Batches = left }),
            }
            : new(State.Days.Remove(day), State.Applied);
        Told("dropped");
        return Task.FromResult(true);
    }

    public override Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation) =>
        throw new NotSupportedException("The simulation reads the rows themselves.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static TelemetryBatch Without(TelemetryBatch batch, RowKinds kinds) =>
        batch with
        {
            Events = kinds.HasFlag(RowKinds.Events) ? [] : batch.Events,
            Spans = kinds.HasFlag(RowKinds.Spans) ? [] : batch.Spans,
            Outcomes = kinds.HasFlag(RowKinds.Outcomes) ? [] : batch.Outcomes,
        };

    static RowKinds KindsOf(TelemetryBatch batch) =>
        (batch.Events.Count > 0 ? RowKinds.Events : RowKinds.None)
        | (batch.Spans.Count > 0 ? RowKinds.Spans : RowKinds.None)
        | (batch.Outcomes.Count > 0 ? RowKinds.Outcomes : RowKinds.None);
}
