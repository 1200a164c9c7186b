using Dapper;

namespace Simulation.World;

/// <summary>No more issues begin in a project within an hour than may, and what finds no room lies in the overflow issue.</summary>
static class NewIssueAudit
{
    const long HourMicroseconds = 3_600_000_000;
    const long HoursKept = 24;

    /// <summary>An issue began when the event was received that it was first seen with.</summary>
    public static async Task CheckAsync(Life life, Chronicle chronicle)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var begun = (
            await connection.QueryAsync<Begun>(
                """
                SELECT i.project_id AS project, a.created / 3600000000 AS hour, COUNT(*) AS issues FROM issues i
                JOIN issue_activity a ON a.issue_id = i.id AND a.type = 'first_seen'
                WHERE i.is_overflow = 0 GROUP BY i.project_id, a.created / 3600000000
                """
            )
        ).AsList();
        var counted = (
            await connection.QueryAsync<Begun>("SELECT project_id AS project, hour, begun AS issues FROM new_issues")
        ).AsList();
        var overflowing = (await connection.QueryAsync<long>("SELECT id FROM issues WHERE is_overflow = 1")).ToHashSet();
        var known = (await connection.QueryAsync<long>("SELECT id FROM issues")).ToHashSet();
        var newest = counted
            .GroupBy(count => count.Project)
            .ToDictionary(count => count.Key, count => count.Max(one => one.Hour));

        // Issues that went with their last events are known by their first ones; an overflow issue may be among them.
        var gone = chronicle
            .Batches.OrderBy(batch => batch.Position)
            .SelectMany(batch => batch.Events)
            .Where(row => !known.Contains(row.IssueId))
            .DistinctBy(row => row.IssueId)
            .CountBy(row => (row.ProjectId, row.Received / HourMicroseconds))
            .ToDictionary();
        foreach (var count in counted)
        {
            var left = begun.Find(one => (one.Project, one.Hour) == (count.Project, count.Hour)).Issues;
            var ever = left + gone.GetValueOrDefault((count.Project, count.Hour));
            Audit.Check(
                count.Issues <= ever && (left <= count.Issues || IsForgotten(count.Project, count.Hour)),
                $"other issues began than are counted: {count}, {left} of {ever} are left"
            );
        }
        Audit.Check(begun.All(one => IsCounted(one.Project, one.Hour, 1)), "an issue began that is not counted");
        Audit.Check(
            counted.All(count => count.Issues <= Life.NewIssuesPerHour)
                && begun.All(one => one.Issues <= Life.NewIssuesPerHour || IsForgotten(one.Project, one.Hour)),
            "more issues began in an hour than may"
        );
        Audit.Check(
            chronicle
                .Events.Where(row => overflowing.Contains(row.IssueId))
                .All(row => IsCounted(row.ProjectId, row.Received / HourMicroseconds, Life.NewIssuesPerHour)),
            "an event found no room though there was some"
        );

        // After a day, for good or until something comes that was received before a long night: then a count begins anew.
        bool IsForgotten(long project, long hour) => newest.TryGetValue(project, out var last) && hour < last - HoursKept;

        bool IsCounted(long project, long hour, long least) =>
            IsForgotten(project, hour)
            || counted.Exists(count => (count.Project, count.Hour) == (project, hour) && count.Issues >= least);
    }

    /// <summary>How many events lie in overflow issues.</summary>
    public static async Task<long> OverflowedAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<long>("SELECT COALESCE(SUM(times_seen), 0) FROM issues WHERE is_overflow = 1");
    }

    readonly record struct Begun(long Project, long Hour, long Issues);
}
