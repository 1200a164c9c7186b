using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>
/// The unresolved issues that belong to a transaction: their events name it, or happened in a trace of one of its newest runs. Most of these events
/// first; what is told as filtered is counted of these events alone.
/// </summary>
sealed class RelatedIssues(
    TelemetryStore telemetry,
    IssueQueries issues,
    IssueEvents events,
    MergedIssues merged,
    ProjectDirectory directory,
    ServerOptions server,
    TimeProvider time
)
{
    const int NewestRuns = 1_000;
    const int MostIssues = 1_000;

    static readonly Expression Issue = SpanField.Of("issue.id");

    public async Task<Answer<Page<IssueShape>>> PageAsync(
        Tenant tenant,
        SpanScope runs,
        string transaction,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var (periods, notes) = await PeriodsAsync(runs, transaction, cancellation);
        var scope = IssueFilterRequest.ScopeOf(tenant, directory);
        var rows = (await issues.FindAsync(scope, [.. periods.Keys], cancellation))
            .Where(row => row.Status == IssueStatus.Unresolved)
            .ToList();
        List<IssueRow> shown =
        [
            .. rows.OrderByDescending(row => periods[row.Id].Events).ThenBy(row => row.Id).Skip(page.Offset).Take(page.Limit + 1),
        ];
        if (shown.Count == 0)
        {
            return new(Page<IssueShape>.FromOffset(page, [], rows.Count), notes);
        }
        var now = Microseconds.Now(time);
        var lastDay = new TimeRange(now - Microseconds.From(TimeSpan.FromDays(1)), now + 1);
        var series = await events.SeriesAsync(shown, [], lastDay, TimeSpan.FromHours(1), cancellation);
        return new(
            Page<IssueShape>.FromOffset(
                page,
                [.. shown.Select(row => IssueMapping.Shape(row, scope, server, series.Value[row.Id], periods[row.Id], "24h"))],
                rows.Count
            ),
            notes.With(series.Notes)
        );
    }

    /// <summary>What of each issue happened in the transaction.</summary>
    async Task<Answer<Dictionary<long, IssuePeriod>>> PeriodsAsync(
        SpanScope runs,
        string transaction,
        CancellationToken cancellation
    )
    {
        var newest = await telemetry.QueryAsync(
            runs.Query([new("trace", SpanField.TraceId)]) with
            {
                OrderBy = [new(SpanField.Timestamp, true)],
                Limit = NewestRuns,
            },
            cancellation
        );
        var ofProjects = new Filter.And([
            new Filter.In(SpanField.ProjectId, [.. runs.ProjectIds]),
            SpanField.Transaction.Is(transaction),
            .. runs.OfEvents(),
        ]);
        // A trace leads to errors of every project that the caller may see.
        IReadOnlyList<long> projects = [.. directory.Of(OrganizationOf(runs)).Select(project => project.Id), 0];
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = projects,
                Merged = await merged.OfProjectsAsync(projects, cancellation),
                Range = runs.Range,
                Where = new Filter.Or([
                    ofProjects,
                    new Filter.In(SpanField.TraceId, [.. newest.Rows.Select(row => row[0]!).Distinct()]),
                ]),
                Select =
                [
                    new("issue", Issue),
                    new("events", Expression.Count),
                    new("users", new Expression.Aggregate(AggregateKind.CountDistinct, SpanField.User)),
                    new("first", new Expression.Aggregate(AggregateKind.Min, SpanField.Timestamp)),
                    new("last", new Expression.Aggregate(AggregateKind.Max, SpanField.Timestamp)),
                ],
                GroupBy = [Issue],
                OrderBy = [new(Expression.Count, true)],
                Limit = MostIssues,
            },
            cancellation
        );
        return new(
            result
                .Rows.Select(row => new Cells(row))
                .ToDictionary(
                    cells => cells.Number(),
                    cells => new IssuePeriod(cells.Number(), (int)cells.Number(), cells.Number(), cells.Number())
                ),
            AnswerNotes.Of(newest).With(AnswerNotes.Of(result))
        );
    }

    static long OrganizationOf(SpanScope runs) => runs.Projects.Count == 0 ? 0 : runs.Projects[0].OrganizationId;
}
