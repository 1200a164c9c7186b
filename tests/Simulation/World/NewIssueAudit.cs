using Dapper;

namespace Simulation.World;

/// <summary>No more issues begin in a project within an hour than may, and what finds no room lies in the overflow issue.</summary>
static class NewIssueAudit
{
    /// <summary>An issue began when the event was received that it was first seen with.</summary>
    public static async Task CheckAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var begun = await connection.QueryAsync<(long Project, long Hour, long Begun)>(
            """
            SELECT i.project_id, a.created / 3600000000, COUNT(*) FROM issues i
            JOIN issue_activity a ON a.issue_id = i.id AND a.type = 'first_seen'
            WHERE i.is_overflow = 0 GROUP BY i.project_id, a.created / 3600000000
            """
        );
        var counted = await connection.QueryAsync<(long Project, long Hour, long Begun)>(
            "SELECT * FROM new_issues WHERE begun > 0"
        );
        Audit.Check(begun.Order().SequenceEqual(counted.Order()), "other issues began than are counted");
        Audit.Check(counted.All(hour => hour.Begun <= Life.NewIssuesPerHour), "more issues began in an hour than may");
        var overflowing = await connection.QueryAsync<long>("SELECT project_id FROM issues WHERE is_overflow = 1");
        Audit.Check(
            overflowing.All(project => counted.Any(hour => hour.Project == project && hour.Begun == Life.NewIssuesPerHour)),
            "an event found no room though there was some"
        );
    }

    /// <summary>How many events lie in overflow issues.</summary>
    public static async Task<long> OverflowedAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<long>("SELECT COALESCE(SUM(times_seen), 0) FROM issues WHERE is_overflow = 1");
    }
}
