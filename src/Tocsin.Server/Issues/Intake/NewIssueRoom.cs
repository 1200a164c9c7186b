using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues.Intake;

/// <summary>
/// How many issues may still begin, by project and hour. The hour is that of an event's receipt, as the journal keeps it: it is the same
/// however late the event is digested, and how often. The counts are rows that change in the batch's own transaction, so that they know exactly
/// the issues that were committed.
/// </summary>
sealed class NewIssueRoom
{
    const long HourMicroseconds = 3_600_000_000;

    /// <summary>Older counts can matter only to items that come out of quarantine, or whose bodies took so long to come; those begin at none.</summary>
    const long HoursKept = 24;

    readonly Dictionary<(long Project, long Hour), long> before = [];
    readonly Dictionary<(long Project, long Hour), long> begun = [];
    readonly int? limit;

    NewIssueRoom(int? limit) => this.limit = limit;

    /// <param name="transaction">The batch's.</param>
    /// <param name="unknown">The events none of whose hashes has an issue: those which may begin one.</param>
    /// <param name="limit">Per project and hour; null: no bound, and nothing is read or counted.</param>
    /// <param name="cancellation">Gives up; the transaction rolls back.</param>
    public static async Task<NewIssueRoom> ReadAsync(
        MetadataTransaction transaction,
        IEnumerable<PreparedItem> unknown,
        int? limit,
        CancellationToken cancellation
    )
    {
        var room = new NewIssueRoom(limit);
        if (limit is null)
        {
            return room;
        }
        var rows = new ValueRows();
        // In one order, so that two writers on PostgreSQL cannot wait for each other in a circle.
        foreach (var (project, hour) in unknown.Select(KeyOf).Distinct().Order())
        {
            rows.Add(project, hour, 0);
        }
        // Written though nothing changes yet: on PostgreSQL that holds the row against other writers until the end of the transaction.
        var counts = await rows.QueryAsync(
            transaction,
            """
            INSERT INTO new_issues (project_id, hour, begun) VALUES {rows}
            ON CONFLICT (project_id, hour) DO UPDATE SET begun = new_issues.begun RETURNING project_id, hour, begun
            """,
            row => (Key: (row.GetInt64(0), row.GetInt64(1)), Begun: row.GetInt64(2)),
            cancellation
        );
        foreach (var (key, begun) in counts)
        {
            room.before[key] = begun;
        }
        return room;
    }

    /// <summary>Whether the event may begin an issue; each call that says so takes one place.</summary>
    public bool TryTake(PreparedItem item)
    {
        if (this.limit is not { } limit)
        {
            return true;
        }
        var key = KeyOf(item);
        var begun = this.begun.GetValueOrDefault(key);
        if (before[key] + begun >= limit)
        {
            return false;
        }
        this.begun[key] = begun + 1;
        return true;
    }

    /// <summary>The projects whose room ends in this batch if each of the events begins an issue.</summary>
    public IEnumerable<long> MayEnd(IEnumerable<PreparedItem> unknown) =>
        this.limit is { } limit
            ? unknown.CountBy(KeyOf).Where(count => before[count.Key] + count.Value > limit).Select(count => count.Key.Project)
            : [];

    public async Task WriteAsync(MetadataTransaction transaction, CancellationToken cancellation)
    {
        var counts = new ValueRows();
        foreach (var (key, begun) in this.begun)
        {
            counts.Add(key.Project, key.Hour, begun);
        }
        await counts.ExecuteAsync(
            transaction,
            """
            WITH more (s_project, s_hour, s_begun) AS (VALUES {rows})
            UPDATE new_issues SET begun = begun + s_begun FROM more WHERE project_id = s_project AND hour = s_hour
            """,
            cancellation
        );
        var old = new ValueRows();
        foreach (var (key, _) in before.Where(count => count.Value == 0))
        {
            old.Add(key.Project, key.Hour - HoursKept);
        }
        await old.ExecuteAsync(
            transaction,
            """
            WITH old (s_project, s_before) AS (VALUES {rows})
            DELETE FROM new_issues WHERE (project_id, hour) IN (
                SELECT n.project_id, n.hour FROM old JOIN new_issues n ON n.project_id = s_project AND n.hour < s_before
            )
            """,
            cancellation
        );
    }

    static (long Project, long Hour) KeyOf(PreparedItem item) =>
        (item.Context.Project.Id, item.Context.Receipt.Received / HourMicroseconds);
}
