using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Issues.Search;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Telemetry;
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
    TelemetryStore telemetry,
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
        IReadOnlyList<string> texts = [.. all, .. request.Sort, request.Query ?? ""];
        if (!ExploreDataset.TryFind(request.Dataset, texts, out var dataset, out var error))
        {
            throw new ExploreMistake(error);
        }
        var term = await releases.NameAsync(
            SearchReader.Parse(request.Query, dataset),
            projects.Select(project => project.Id),
            cancellation
        );
        var special = new SpecialTerms(
            dataset,
            projects,
            await IssuesAsync(tenant, SearchReader.IssuesIn(term), cancellation),
            dataset.IsOfSpans ? [] : await StandingAsync(tenant, projects, term, cancellation)
        );
        var whole = TimeSpan.FromMicroseconds(request.Range.To - request.Range.From);
        var question = new Question(dataset, [], projects, request.Range, null, null, [])
        {
            Merged = await MergedAsync(dataset, projects, cancellation),
        };
        var everything = question.Where(dataset.Only).Where(Environments(request.Environments));
        var read = Read(SpentTimes.Unknown, VitalCounts.Unknown);
        var times = Names(SpentTimes.Sign) ? await TimesAsync(everything, read, cancellation) : null;
        var vitals = Names(VitalCounts.Sign) ? await VitalsAsync(read, cancellation) : null;
        return times is null && vitals is null
            ? read
            : Read(times?.Value ?? SpentTimes.Unknown, vitals?.Value ?? VitalCounts.Unknown) with
            {
                Notes = AnswerNotes.None.With(times?.Notes).With(vitals?.Notes),
            };

        bool Names(string sign) => texts.Any(text => text.Contains(sign, StringComparison.Ordinal));

        Question Read(SpentTimes spent, VitalCounts counts)
        {
            var reader = new ColumnReader(dataset, stretch ?? whole, ApdexThreshold.Of(projects))
            {
                Times = spent,
                Vitals = counts,
                Trend = stretch is null ? request.Trend ?? Trend.Of(request.Range) : null,
            };
            IReadOnlyList<Column> columns = [.. all.Select(reader.Read)];
            var (rows, groups) = new SearchReader(reader, special, time.GetUtcNow()).Read(term);
            if (groups is not null && AreSingleRows(columns))
            {
                var condition = term.Leaves().OfType<SearchTerm.Match>().First(match => match.Key is SearchKey.Function);
                throw new ExploreMistake(
                    $"Error parsing search query: {condition.Key} chooses among groups, and rows with an id are none. "
                        + "Leave the id out, or select an aggregate such as count()"
                );
            }
            var asked = everything.Where(rows) with { Columns = columns, Groups = groups, Unknown = reader.TakeUnknown() };
            return asked with { Order = OrderReader.Read(request.Sort, asked, reader) };
        }
    }

    /// <summary>Groups by what each row has for itself would be of one row each.</summary>
    static bool AreSingleRows(IReadOnlyList<Column> columns) =>
        columns.Any(column => column.Name == "id") && !columns.Any(column => column.IsAggregate);

    async Task<Answer<VitalCounts>> VitalsAsync(Question question, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(question.Query(VitalCounts.Columns), cancellation);
        return new(VitalCounts.Read(result.Whole), AnswerNotes.Of(result));
    }

    async Task<Answer<SpentTimes>> TimesAsync(Question everything, Question chosen, CancellationToken cancellation)
    {
        var (all, some) = (await SpentAsync(everything, cancellation), await SpentAsync(chosen, cancellation));
        return new(new(all.Value, some.Value), all.Notes.With(some.Notes));
    }

    async Task<Answer<SpentTime>> SpentAsync(Question question, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(question.Query(SpentTime.Columns), cancellation);
        return new(SpentTime.Read(result.Whole), AnswerNotes.Of(result));
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
