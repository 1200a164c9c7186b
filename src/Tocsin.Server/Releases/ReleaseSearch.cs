using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Releases;

/// <summary>
/// Searches that mean releases without naming them: <c>release:latest</c> (of each project), <c>release.version:&gt;=1.2</c>,
/// <c>release.package:shop</c>, <c>release.build:42</c>. They are answered with the names.
/// </summary>
sealed class ReleaseSearch(MetadataDb metadata)
{
    /// <summary>The newest of the matching ones.</summary>
    const int Most = 10_000;

    /// <summary>No release may be called so.</summary>
    static readonly SearchValue Nothing = new("..", Quoted: true);

    /// <summary>The same search with the names of the releases of these projects.</summary>
    public async Task<SearchTerm> NameAsync(SearchTerm term, IEnumerable<long> projects, CancellationToken cancellation)
    {
        if (!term.Leaves().Any(leaf => leaf is SearchTerm.Match match && IsMeant(match)))
        {
            return term;
        }
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"""
            SELECT p.project_id, p.version, COALESCE(r.released, r.created, p.first_seen) AS live
            FROM project_releases p JOIN projects o ON o.id = p.project_id
            LEFT JOIN releases r ON r.organization_id = o.organization_id AND r.version = p.version
            WHERE p.project_id IN {SqlList.Of(projects)} ORDER BY live DESC, p.first_seen DESC
            """;
        var known = (await connection.QueryAsync<LiveRelease>(new(sql, cancellationToken: cancellation))).AsList();
        return term.Rewrite(leaf => leaf is SearchTerm.Match match && IsMeant(match) ? Named(match, known) : leaf);
    }

    static bool IsMeant(SearchTerm.Match match) =>
        match.Key is SearchKey.Named { Text: var key }
        && (
            key is "release.version" or "release.package" or "release.build"
            || key == "release" && match.Values.Any(value => value is { Text: "latest", Quoted: false })
        );

    static SearchTerm.Match Named(SearchTerm.Match match, IReadOnlyList<LiveRelease> known)
    {
        var key = ((SearchKey.Named)match.Key).Text;
        IEnumerable<SearchValue> values = key == "release" ? WithLatest(match, known) : Meant(match, key, known);
        IReadOnlyList<SearchValue> named = [.. values.Distinct().Take(Most).DefaultIfEmpty(Nothing)];
        return new(new SearchKey.Named("release"), SearchOperator.Equal, named, match.Negated)
        {
            Written = named[0],
            IsList = true,
            Position = match.Position,
        };
    }

    static IEnumerable<SearchValue> WithLatest(SearchTerm.Match match, IReadOnlyList<LiveRelease> known) =>
        match.Values.SelectMany(value =>
            value is { Text: "latest", Quoted: false }
                ? known.DistinctBy(release => release.ProjectId).Select(release => Value(release.Version))
                : [value]
        );

    static IEnumerable<SearchValue> Meant(SearchTerm.Match match, string key, IReadOnlyList<LiveRelease> known) =>
        known
            .Select(release => release.Version)
            .Distinct()
            .Where(name =>
                ReleaseVersion.Parse(name) is { } version
                && match.Values.Any(value => ReleaseCondition.IsMet(key, version, match.Operator, value))
            )
            .Select(Value);

    static SearchValue Value(string version) => new(version.Replace("*", @"\*", StringComparison.Ordinal), Quoted: true);
}
