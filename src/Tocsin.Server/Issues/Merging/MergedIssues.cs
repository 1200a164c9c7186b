using System.Collections.Frozen;
using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues.Merging;

/// <summary>Which issues are shown as others, since they were merged into them. Rows of events name the issue that they were stored under.</summary>
sealed class MergedIssues(MetadataDb metadata)
{
    const string Select = "SELECT s.issue_id AS Strand, s.parent_id AS Parent FROM issue_strands s";
    static readonly Expression Issue = new Expression.Field("issue.id");

    /// <summary>The query, reading merged issues as what they are shown as; it stays as it is when it asks nothing about issues.</summary>
    public async Task<TelemetryQuery> ReadByAsync(TelemetryQuery query, CancellationToken cancellation) =>
        query.Mentions(Issue) ? query with { Merged = await OfProjectsAsync(query.Projects, cancellation) } : query;

    /// <summary>From the issue that was merged to the one that it is shown as.</summary>
    /// <param name="projects">Empty: all.</param>
    public Task<IReadOnlyDictionary<long, long>> OfProjectsAsync(IReadOnlyList<long> projects, CancellationToken cancellation)
    {
        var narrowed = projects.Count == 0 ? "" : $" AND i.project_id IN {SqlList.Of(projects)}";
        return AskAsync($"{Select} JOIN issues i ON i.id = s.issue_id WHERE s.issue_id <> s.parent_id{narrowed}", cancellation);
    }

    /// <summary>The same for those that are shown as one of these.</summary>
    public async Task<IReadOnlyDictionary<long, long>> OfAsync(IReadOnlyList<IssueRow> parents, CancellationToken cancellation)
    {
        List<long> merged = [.. parents.Where(issue => issue.Strands > 1).Select(issue => issue.Id)];
        return merged.Count == 0
            ? FrozenDictionary<long, long>.Empty
            : await AskAsync($"{Select} WHERE s.issue_id <> s.parent_id AND s.parent_id IN {SqlList.Of(merged)}", cancellation);
    }

    async Task<IReadOnlyDictionary<long, long>> AskAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var found = await connection.QueryAsync<(long Strand, long Parent)>(new(sql, cancellationToken: cancellation));
        return found.ToDictionary(row => row.Strand, row => row.Parent);
    }
}
