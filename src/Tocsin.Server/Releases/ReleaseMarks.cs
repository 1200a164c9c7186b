using System.Text.Json;
using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Releases;

/// <summary>Reads when releases came into the world and where they went.</summary>
sealed class ReleaseMarks(MetadataDb metadata)
{
    const int Most = 500;

    public async Task<IReadOnlyList<ReleaseMarkShape>> OfAsync(
        long organizationId,
        IReadOnlyList<ProjectSnapshot> projects,
        TimeRange range,
        CancellationToken cancellation
    )
    {
        var slugs = projects.ToDictionary(project => project.Id, project => project.Slug);
        var known = SqlList.Of(slugs.Keys);
        var parameters = new
        {
            organizationId,
            range.From,
            range.To,
        };
        await using var connection = await metadata.OpenAsync(cancellation);
        var releases = (
            await connection.QueryAsync<MarkRow>(
                new(
                    $"""
                    SELECT r.version, p.project_id, COALESCE(r.released, p.first_seen) AS time, r.released, '[]' AS projects
                    FROM releases r JOIN project_releases p ON p.version = r.version AND p.project_id IN {known}
                    WHERE r.organization_id = @organizationId
                        AND COALESCE(r.released, p.first_seen) >= @From AND COALESCE(r.released, p.first_seen) < @To
                    ORDER BY time DESC LIMIT {Most}
                    """,
                    parameters,
                    cancellationToken: cancellation
                )
            )
        ).AsList();
        var deploys = (
            await connection.QueryAsync<MarkRow>(
                new(
                    $"""
                    SELECT r.version, p.project_id, d.finished AS time, d.projects, d.environment, d.id AS deploy_id
                    FROM release_deploys d
                    JOIN releases r ON r.id = d.release_id
                    JOIN project_releases p ON p.version = r.version AND p.project_id IN {known}
                    WHERE r.organization_id = @organizationId AND d.finished >= @From AND d.finished < @To
                    ORDER BY time DESC LIMIT {Most}
                    """,
                    parameters,
                    cancellationToken: cancellation
                )
            )
        ).Where(IsDeployed).ToList();
        var places = ReleaseOrder.Places([
            .. releases.Select(row => new ReleaseMoment(row.Version, row.Time, row.Released is not null)),
            .. deploys.Select(row => new ReleaseMoment(row.Version, row.Time, IsStated: true)),
        ]);
        return
        [
            .. Marks(releases, "release", slugs, places)
                .Concat(Marks(deploys, "deploy", slugs, places))
                .OrderBy(mark => mark.Time)
                .ThenByDescending(mark => mark.Kind, StringComparer.Ordinal)
                .TakeLast(Most),
        ];
    }

    /// <summary>One mark per moment: projects that got the release at the same time share it.</summary>
    static IEnumerable<ReleaseMarkShape> Marks(
        IEnumerable<MarkRow> rows,
        string kind,
        Dictionary<long, string> slugs,
        IReadOnlyDictionary<string, int> places
    ) =>
        rows.GroupBy(row => (row.Version, row.Time, row.Environment, row.DeployId))
            .Select(group => new ReleaseMarkShape(
                group.Key.Version,
                [.. group.Select(row => slugs[row.ProjectId]).Distinct().Order(StringComparer.Ordinal)],
                group.Key.Time / 1e6,
                kind,
                group.Key.Environment,
                places[group.Key.Version]
            ));

    static bool IsDeployed(MarkRow row) =>
        JsonSerializer.Deserialize<long[]>(row.Projects) is not { Length: > 0 } named || named.Contains(row.ProjectId);

    sealed record MarkRow
    {
        public string Version { get; init; } = "";
        public long ProjectId { get; init; }
        public long Time { get; init; }
        public long? Released { get; init; }
        public string Projects { get; init; } = "[]";
        public string? Environment { get; init; }
        public long DeployId { get; init; }
    }
}
