using Dapper;
using Tocsin.Server.Api;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues;

/// <summary>
/// What people ask of issues. The issue's own row answers lists, counts and sorts; the telemetry store is asked only for what lies in events
/// (tags, periods), never for a list as a whole.
/// </summary>
sealed class IssueQueries(MetadataDb metadata, TelemetryStore telemetry, MergedIssues merged)
{
    /// <summary>A search by tags looks at so many issues, the most lately seen ones.</summary>
    const int TelemetryIssues = 10_000;

    public async Task<Answer<IssuePage>> ListAsync(IssueScope scope, IssueList list, CancellationToken cancellation)
    {
        var criteria = list.Criteria;
        if (scope.Projects.Count == 0)
        {
            return new(IssuePage.Empty, AnswerNotes.None);
        }
        var ofEvents = await NarrowByEventsAsync(scope, list, cancellation);
        if (!ofEvents.Value)
        {
            return new(IssuePage.Empty, ofEvents.Notes);
        }
        criteria.Parameters.Add("UserId", scope.UserId);
        if (list.Environments.Count > 0)
        {
            var environments = SqlList.Of(list.Environments, criteria.Parameters, "environment");
            criteria.Require(
                $"""
                (EXISTS (SELECT 1 FROM issue_environments e WHERE e.issue_id = i.id AND e.environment IN {environments})
                OR EXISTS (SELECT 1 FROM issue_strands s JOIN issue_environments e ON e.issue_id = s.issue_id
                    WHERE s.parent_id = i.id AND e.environment IN {environments}))
                """
            );
        }
        if (list.Period is { } period)
        {
            // The plus keeps SQLite from taking the index of the second condition, which nearly every issue meets.
            criteria.Require($"i.last_seen >= {criteria.Bind(period.From)} AND +i.first_seen < {criteria.Bind(period.To)}");
        }
        criteria.Parameters.Add("Limit", list.Limit + 1);
        criteria.Parameters.Add("Offset", list.Offset);
        criteria.Parameters.Add("Reach", list.Offset + list.Limit + 1);
        criteria.Parameters.Add("MaxHits", IssuePage.MaxHits);

        var selection = new IssueSelection(scope.Projects, criteria, list.Sort);
        await using var connection = await metadata.OpenAsync(cancellation);
        var rows = (
            await connection.QueryAsync<IssueRow>(new(selection.Page, criteria.Parameters, cancellationToken: cancellation))
        ).AsList();
        var hits = await connection.ExecuteScalarAsync<int>(
            new(selection.Hits, criteria.Parameters, cancellationToken: cancellation)
        );
        var more = rows.Count > list.Limit;
        return new(new(more ? rows[..list.Limit] : rows, more, hits), ofEvents.Notes);
    }

    /// <summary>Turns event filters into a condition on issue ids; false when no event matches.</summary>
    async Task<Answer<bool>> NarrowByEventsAsync(IssueScope scope, IssueList list, CancellationToken cancellation)
    {
        if (list.Criteria.Events.Count == 0)
        {
            return new(true, AnswerNotes.None);
        }
        var issue = new Expression.Field("issue.id");
        var parts = list.Criteria.Events.ToList();
        if (list.Environments.Count > 0)
        {
            parts.Add(new Filter.In(new Expression.Field("environment"), [.. list.Environments]));
        }
        var query = new TelemetryQuery
        {
            Dataset = Dataset.Events,
            Projects = scope.Projects,
            Range = list.Period ?? TimeRange.All,
            Select = [new("issue", issue)],
            Where = new Filter.And(parts),
            GroupBy = [issue],
            OrderBy = [new(new Expression.Aggregate(AggregateKind.Max, new Expression.Field("timestamp")), true)],
            Limit = TelemetryIssues,
        };
        var found = await telemetry.QueryAsync(await merged.ReadByAsync(query, cancellation), cancellation);
        if (found.Rows.Count == 0)
        {
            return new(false, AnswerNotes.Of(found));
        }
        // Numbers of our own making, so they may stand in the text; ten thousand parameters would not be taken by SQLite.
        list.Criteria.Require($"i.id IN {SqlList.Of(found.Rows.Select(row => Convert.ToInt64(row[0], null)))}");
        return new(true, AnswerNotes.Of(found));
    }

    /// <summary>By number or short id, its own or that of an issue that was merged into it; null when it does not exist within the scope.</summary>
    public async Task<IssueRow?> FindAsync(IssueScope scope, string name, CancellationToken cancellation)
    {
        if (scope.Projects.Count == 0)
        {
            return null;
        }
        var byNumber = long.TryParse(name, out var id);
        var slug = "";
        if (!byNumber && !ShortId.TryParse(name, out slug, out id))
        {
            return null;
        }
        await using var connection = await metadata.OpenAsync(cancellation);
        var asked = byNumber ? "n.id = @id" : "q.slug = @slug AND n.short_id = @id";
        return await connection.QuerySingleOrDefaultAsync<IssueRow>(
            new(
                $"""
                {IssueRow.Select} WHERE i.id = (SELECT COALESCE(s.parent_id, n.id) FROM issues n JOIN projects q ON q.id = n.project_id
                    LEFT JOIN issue_strands s ON s.issue_id = n.id
                    WHERE n.project_id IN {SqlList.Of(scope.Projects)} AND {asked})
                """,
                new
                {
                    id,
                    slug,
                    scope.UserId,
                },
                cancellationToken: cancellation
            )
        );
    }

    /// <summary>Those of the ids that lie within the scope.</summary>
    public async Task<IReadOnlyList<IssueRow>> FindAsync(
        IssueScope scope,
        IReadOnlyList<long> ids,
        CancellationToken cancellation
    )
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"""
            {IssueRow.Select} WHERE i.project_id IN {SqlList.Of(scope.Projects)} AND i.id IN {SqlList.Of(ids)}
                AND i.status <> '{IssueStatus.Merged}'
            """;
        return (await connection.QueryAsync<IssueRow>(new(sql, new { scope.UserId }, cancellationToken: cancellation))).AsList();
    }

    public async Task<IReadOnlyList<string>> EnvironmentsAsync(long issueId, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        const string sql = """
            SELECT environment FROM issue_environments
            WHERE issue_id = @issueId OR issue_id IN (SELECT issue_id FROM issue_strands WHERE parent_id = @issueId)
            GROUP BY environment ORDER BY SUM(times_seen) DESC, environment
            """;
        return (await connection.QueryAsync<string>(new(sql, new { issueId }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>Who has looked at the issue, latest first.</summary>
    public async Task<IReadOnlyList<IssueActor>> SeenByAsync(long issueId, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        const string sql = """
            SELECT u.id AS UserId, u.name AS UserName, u.email AS UserEmail
            FROM issue_marks m JOIN users u ON u.id = m.user_id WHERE m.issue_id = @issueId AND m.seen IS NOT NULL ORDER BY m.seen DESC
            """;
        var people = await connection.QueryAsync<ActivityRow>(new(sql, new { issueId }, cancellationToken: cancellation));
        return [.. people.Select(IssueMapping.Author).OfType<IssueActor>()];
    }
}
