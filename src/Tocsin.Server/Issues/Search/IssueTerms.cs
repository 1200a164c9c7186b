using Dapper;
using Tocsin.Server.Access;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Issues.Search;

/// <summary>Searches over events that say something of their issues: <c>is:unresolved</c>, <c>assigned:me</c>, <c>firstSeen:-24h</c>.</summary>
sealed class IssueTerms(IssueSearchKeys keys, MetadataDb metadata)
{
    /// <summary>So many are named in one question.</summary>
    const int Most = 10_000;

    /// <summary>Keys that say nothing of an event itself; all others are asked of the events.</summary>
    static readonly HashSet<string> OfIssuesOnly = new(StringComparer.OrdinalIgnoreCase)
    {
        "is",
        "assigned",
        "assigned_or_suggested",
        "bookmarks",
        "subscribed",
        "age",
        "firstSeen",
        "lastSeen",
        "timesSeen",
        "times_seen",
        "issue.priority",
        "issue.type",
        "issue.category",
        "firstRelease",
        "first-release",
    };

    public static bool IsOfIssues(SearchTerm.Match match) =>
        match.Key is SearchKey.Named { Text: var key } && OfIssuesOnly.Contains(key);

    /// <summary>The issues of these projects that the term means, without regard to its negation.</summary>
    /// <returns>Either, or the sentence that tells what is wrong.</returns>
    public async Task<(IssueSelectionByTerm? Selected, string? Error)> SelectAsync(
        Tenant tenant,
        IReadOnlyList<long> projects,
        SearchTerm.Match match,
        CancellationToken cancellation
    )
    {
        var caller = await keys.CallerAsync(tenant, cancellation);
        var criteria = new IssueCriteria();
        if (
            IssueSearchKeys.Find(((SearchKey.Named)match.Key).Text)!(match with { Negated = false }, criteria, caller) is
            { } wrong
        )
        {
            return (null, wrong);
        }
        if (await IdsAsync(projects, criteria, criteria.Sql, cancellation) is { } meant)
        {
            return (new(meant, false), null);
        }
        return await IdsAsync(projects, criteria, $"NOT COALESCE({criteria.Sql}, FALSE)", cancellation) is { } others
            ? (new(others, true), null)
            : (null, $"{match.Key}: too many issues are meant and too many are not; name projects or search the issues instead.");
    }

    /// <summary>Null: there are too many.</summary>
    async Task<IReadOnlyList<long>?> IdsAsync(
        IReadOnlyList<long> projects,
        IssueCriteria criteria,
        string condition,
        CancellationToken cancellation
    )
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"""
            SELECT i.id FROM issues i JOIN projects p ON p.id = i.project_id
            WHERE i.project_id IN {SqlList.Of(projects)} AND i.status <> '{IssueStatus.Merged}' AND {condition} LIMIT {Most + 1}
            """;
        var ids = await connection.QueryAsync<long>(new(sql, criteria.Parameters, cancellationToken: cancellation));
        return ids.AsList() is { Count: <= Most } few ? few : null;
    }
}
