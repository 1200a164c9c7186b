using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>
/// Takes a day, or some kinds of its rows, out of every store. Each step may be repeated, and the order lets no store make again what another
/// has lost: bodies first, because a day is rebuilt from them; the index last, because it is what finds duplicates. A batch that is on its way
/// to the day meanwhile stays whole, and leaves with the next look.
/// </summary>
sealed class DayRemoval(
    PayloadStore payloads,
    TelemetryStore telemetry,
    MetadataDb db,
    DroppedDays dropped,
    RetentionProgress progress,
    RetentionOptions options
)
{
    /// <summary>In their order.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    ["drop_noted", "drop_bodies", "drop_rows", "drop_index", "drop_quarantine", "drop_issues", "drop_done"];

    /// <summary>Rows of the metadata that one transaction deletes: the worker waits for it.</summary>
    const int AtOnce = 500;

    /// <returns>False: the rows cannot be dropped now; it is begun and will be gone on with.</returns>
    public async Task<bool> RunAsync(RetentionStep.Drop drop, CancellationToken cancellation) =>
        await ResumeAsync(
            await progress.StepAsync(drop.Day, "drop_noted", () => dropped.BeginAsync(drop, cancellation)),
            cancellation
        );

    public async Task<bool> ResumeAsync(DroppedDay entry, CancellationToken cancellation)
    {
        var (day, kinds) = (entry.Date, entry.RowKinds);
        var committed = await MetadataCommit.PositionAsync(db, cancellation);
        await progress.StepAsync(
            day,
            "drop_bodies",
            () => options.Quietly(() => DropBodies((int)entry.Day, kinds, committed), cancellation)
        );
        await progress.StepAsync(day, "drop_rows", () => telemetry.DropAsync(day, kinds, cancellation));
        if (!await progress.StepAsync(day, "drop_index", () => DropIndexAsync(entry, cancellation)))
        {
            return false;
        }
        await progress.StepAsync(day, "drop_quarantine", () => DropQuarantineAsync(entry.Day, kinds, cancellation));
        if (kinds.HasFlag(RowKinds.Events))
        {
            await progress.StepAsync(day, "drop_issues", () => DropIssuesAsync(day, cancellation));
        }
        var left = payloads.BytesOf((int)entry.Day) + telemetry.Days.Where(left => left.Day == day).Sum(left => left.Bytes);
        await progress.StepAsync(day, "drop_done", () => dropped.FinishAsync(entry, left, cancellation));
        return true;
    }

    void DropBodies(int day, RowKinds kinds, long committed)
    {
        if (kinds == RowKinds.All)
        {
            payloads.DropDay(day, committed);
        }
        else
        {
            payloads.Thin(day, committed, record => record.Kind == PayloadKind.Item && kinds.HasFlag(KindOf(record)));
        }
    }

    static RowKinds KindOf(PayloadRecord record) => SpanFormat.Is(record.Columns.Span) ? RowKinds.Spans : RowKinds.Events;

    /// <returns>False: the day has rows, or is about to. Who sends one of these once more must be known as long as it is there.</returns>
    async Task<bool> DropIndexAsync(DroppedDay entry, CancellationToken cancellation)
    {
        // Word for word as the index has it.
        const string Kind = "CASE WHEN issue_id = 0 THEN 0 ELSE 1 END";
        var which = (entry.RowKinds & (RowKinds.Events | RowKinds.Spans)) switch
        {
            RowKinds.Events => $" AND {Kind} = 1",
            RowKinds.Spans => $" AND {Kind} = 0",
            RowKinds.None => " AND 1 = 0",
            _ => "",
        };
        var sql = $"""
            DELETE FROM event_index WHERE (project_id, event_high, event_low) IN
                (SELECT project_id, event_high, event_low FROM event_index WHERE day = {entry.Day}{which} LIMIT {AtOnce})
            """;
        int? deleted;
        do
        {
            deleted = await db.WriteAsync(
                async transaction => await HasRowsAsync(transaction, entry) ? null : (int?)await transaction.ExecuteAsync(sql),
                cancellation
            );
        } while (deleted > 0);
        return deleted is not null;
    }

    /// <summary>Asked within a transaction, beside which the worker commits none: what it committed before is in the telemetry, or on its way there.</summary>
    async Task<bool> HasRowsAsync(MetadataTransaction transaction, DroppedDay entry)
    {
        var last = await LastBatch.ReadAsync(transaction);
        var isOnItsWay = last is not null && last.Day == entry.Day && last.Position > telemetry.Applied;
        return isOnItsWay
            || telemetry.Days.Any(day =>
                day.Day == entry.Date && (entry.RowKinds == RowKinds.All || (day.Kinds & entry.RowKinds) != RowKinds.None)
            );
    }

    Task DropQuarantineAsync(long day, RowKinds kinds, CancellationToken cancellation) =>
        kinds == RowKinds.All
            ? RepeatAsync(
                $"DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine WHERE day = {day} LIMIT {AtOnce})",
                cancellation
            )
            : Task.CompletedTask;

    async Task DropIssuesAsync(DateOnly day, CancellationToken cancellation)
    {
        var before = Microseconds.From(new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));
        while (await db.WriteAsync(transaction => EmptyIssues.RemoveAsync(transaction, before, AtOnce), cancellation) > 0) { }
    }

    async Task RepeatAsync(string sql, CancellationToken cancellation)
    {
        while (await db.WriteAsync(transaction => transaction.ExecuteAsync(sql), cancellation) > 0) { }
    }
}
