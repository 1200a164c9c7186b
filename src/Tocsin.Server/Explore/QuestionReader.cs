using Tocsin.Server.Access;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Issues.Search;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore;

/// <summary>Makes a <see cref="Question"/> of a request; every mistake in it is a sentence for the caller.</summary>
sealed class QuestionReader(
    ProjectDirectory directory,
    IssueQueries issues,
    IssueTerms standing,
    MergedIssues merged,
    ReleaseSearch releases,
    TimeProvider time
)
{
    const int MostColumns = 20;

    /// <param name="fields">The columns asked for; the room's routes name them differently.</param>
    /// <param name="stretch">Null: the whole range.</param>
    /// <exception cref="ExploreMistake">The request makes no sense.</exception>
    /// <returns>Null: it names a project that is none of the organisation.</returns>
    public async Task<Question?> ReadAsync(
        Tenant tenant,
        ExploreRequest request,
        IReadOnlyList<string> fields,
        TimeSpan? stretch,
        CancellationToken cancellation
    )
    {
        if (ProjectSelection.Read(tenant, directory, request.Projects) is not { } projects)
        {
            return null;
        }
        var all = fields.Distinct().ToList();
        if (all.Count > MostColumns)
        {
            throw new ExploreMistake($"You can view up to {MostColumns} fields at a time. Please delete some and try again.");
        }
        if (
            !ExploreDataset.TryFind(
                request.Dataset,
                [.. all, .. request.Sort, request.Query ?? ""],
                out var dataset,
                out var error
            )
        )
        {
            throw new ExploreMistake(error);
        }
        var whole = TimeSpan.FromMicroseconds(request.Range.To - request.Range.From);
        var reader = new ColumnReader(dataset, stretch ?? whole, ApdexThreshold.Of(projects));
        IReadOnlyList<Column> columns = [.. all.Select(reader.Read)];
        var written = SearchReader.Parse(request.Query, dataset);
        var term = await releases.NameAsync(written, projects.Select(project => project.Id), cancellation);
        var special = new SpecialTerms(
            dataset,
            projects,
            await IssuesAsync(tenant, SearchReader.IssuesIn(term), cancellation),
            dataset.IsOfSpans ? [] : await StandingAsync(tenant, projects, term, cancellation)
        );
        var (rows, groups) = new SearchReader(reader, special, time.GetUtcNow()).Read(term);
        var question = new Question(dataset, columns, projects, request.Range, rows, groups, [])
        {
            Merged = await MergedAsync(dataset, projects, cancellation),
        };
        question = question.Where(dataset.Only).Where(Environments(request.Environments));
        return question with { Order = OrderReader.Read(request.Sort, question, reader) };
    }

    async Task<IReadOnlyDictionary<long, long>> MergedAsync(
        ExploreDataset dataset,
        IReadOnlyList<ProjectSnapshot> projects,
        CancellationToken cancellation
    ) =>
        dataset.IsOfSpans || projects.Count == 0
            ? new Dictionary<long, long>()
            : await merged.OfProjectsAsync([.. projects.Select(project => project.Id)], cancellation);

    static Filter.In? Environments(IReadOnlyList<string> names) =>
        names.Count == 0 ? null : new(new Expression.Field("environment"), [.. names]);

    async Task<IReadOnlyDictionary<string, long>> IssuesAsync(
        Tenant tenant,
        IEnumerable<string> names,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<string, long>();
        foreach (var name in names.Distinct())
        {
            var row = await issues.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), name, cancellation);
            found[name] = row?.Id ?? 0;
        }
        return found;
    }

    async Task<Dictionary<SearchTerm.Match, IssueSelectionByTerm>> StandingAsync(
        Tenant tenant,
        IReadOnlyList<ProjectSnapshot> projects,
        SearchTerm term,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<SearchTerm.Match, IssueSelectionByTerm>();
        foreach (var match in term.Leaves().OfType<SearchTerm.Match>().Where(IssueTerms.IsOfIssues))
        {
            var (selected, error) = await standing.SelectAsync(
                tenant,
                [.. projects.Select(project => project.Id)],
                match,
                cancellation
            );
            found[match] = selected ?? throw new ExploreMistake(error!);
        }
        return found;
    }
}
