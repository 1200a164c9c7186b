using Dapper;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Explore;

/// <summary>What people call the issues that events belong to.</summary>
sealed class IssueNames(MetadataDb metadata)
{
    /// <summary>Short ids by number. An issue that was deleted meanwhile has none.</summary>
    public async Task<IReadOnlyDictionary<long, string>> OfAsync(IReadOnlyList<long> issues, CancellationToken cancellation)
    {
        if (issues.Count == 0)
        {
            return new Dictionary<long, string>();
        }
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"""
            SELECT i.id AS Id, p.slug AS Slug, i.short_id AS Number FROM issues i JOIN projects p ON p.id = i.project_id
            WHERE i.id IN {SqlList.Of(issues)}
            """;
        var rows = await connection.QueryAsync<Named>(new(sql, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id, row => ShortId.Format(row.Slug, row.Number));
    }

    sealed record Named
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public long Number { get; init; }
    }
}
