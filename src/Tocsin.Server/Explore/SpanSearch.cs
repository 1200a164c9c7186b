using System.Collections.Frozen;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Issues.Search;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore;

/// <summary>What a search over spans means, for pages that show other things of them than tables: the same as here.</summary>
sealed class SpanSearch(ReleaseSearch releases, TimeProvider time)
{
    /// <returns>Null: everything.</returns>
    /// <exception cref="ExploreMistake">It makes no sense.</exception>
    public async Task<Filter?> ReadAsync(string? query, IReadOnlyList<ProjectSnapshot> projects, CancellationToken cancellation)
    {
        var written = SearchReader.Parse(query, ExploreDataset.Spans);
        var term = await releases.NameAsync(written, projects.Select(project => project.Id), cancellation);
        var columns = new ColumnReader(ExploreDataset.Spans, TimeSpan.FromDays(1), ApdexThreshold.Of(projects));
        var special = new SpecialTerms(
            ExploreDataset.Spans,
            projects,
            FrozenDictionary<string, long>.Empty,
            FrozenDictionary<SearchTerm.Match, IssueSelectionByTerm>.Empty
        );
        var (rows, groups) = new SearchReader(columns, special, time.GetUtcNow()).Read(term);
        return groups is null
            ? rows
            : throw new ExploreMistake("Error parsing search query: only spans are chosen here, by what each of them is");
    }
}
