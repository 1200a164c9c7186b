using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>
/// The list of transactions in every order. The figures of all are read at once, because each order needs them; what only a page shows is
/// read for the page.
/// </summary>
sealed class TransactionList(TransactionQueries queries)
{
    const int TrendSteps = 24;

    public async Task<Page<TransactionRowShape>> PageAsync(
        SpanScope scope,
        TransactionOrder order,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var runs = scope.And(SpanField.IsSegment.Is(true), new Filter.Has(SpanField.Transaction));
        var before = Before(runs);
        var found = await queries.FiguresAsync(runs, cancellation);
        var users = order.NeedsUsers ? await queries.UsersAsync(runs, cancellation) : null;
        var issues = order.NeedsIssues ? await queries.IssueCountsAsync(scope, [], cancellation) : null;
        var earlier = order.NeedsRegression ? await queries.SlownessAsync(before, cancellation) : null;
        var sorted = order.Sort(
            found.Value,
            figures => users?.GetValueOrDefault(figures.Key) ?? default,
            figures => issues?.GetValueOrDefault((figures.Key.ProjectId, figures.Key.Transaction)) ?? 0,
            figures => Regression(figures, earlier)
        );
        List<TransactionFigures> shown = [.. sorted.Skip(page.Offset).Take(page.Limit + 1)];
        if (shown.Count == 0)
        {
            return Page<TransactionRowShape>.FromOffset(page, [], found.Value.Count);
        }
        List<string> names = [.. shown.Select(figures => figures.Key.Transaction).Distinct()];
        var ofPage = Only(shown, names);
        var steps = Steps.Of(scope.Range, TrendSteps);
        // Side by side: each has stretches in which one processor works.
        var toldUsers = users is null ? queries.UsersAsync(ofPage(runs), cancellation) : Task.FromResult(users);
        var toldIssues = issues is null ? queries.IssueCountsAsync(scope, names, cancellation) : Task.FromResult(issues);
        var toldEarlier = earlier is null ? queries.SlownessAsync(ofPage(before), cancellation) : Task.FromResult(earlier);
        var toldTrends = queries.TrendsAsync(ofPage(runs), steps, cancellation);
        await Task.WhenAll(toldUsers, toldIssues, toldEarlier, toldTrends);
        (users, issues, earlier) = (await toldUsers, await toldIssues, await toldEarlier);
        var trends = await toldTrends;
        return Page<TransactionRowShape>.FromOffset(
            page,
            [
                .. shown.Select(figures =>
                    TransactionMapping.Row(
                        scope,
                        figures,
                        users.GetValueOrDefault(figures.Key),
                        issues.GetValueOrDefault((figures.Key.ProjectId, figures.Key.Transaction)),
                        Regression(figures, earlier),
                        TransactionMapping.Trend(steps, trends[figures.Key]),
                        found
                    )
                ),
            ],
            found.Value.Count
        );
    }

    static Func<SpanScope, SpanScope> Only(IReadOnlyList<TransactionFigures> shown, IReadOnlyList<string> names)
    {
        var projects = shown.Select(figures => figures.Key.ProjectId).ToHashSet();
        return scope =>
            scope.And(new Filter.In(SpanField.Transaction, [.. names])) with
            {
                Projects = [.. scope.Projects.Where(project => projects.Contains(project.Id))],
            };
    }

    public static SpanScope Before(SpanScope runs) =>
        runs with
        {
            Range = new(Math.Max(0, runs.Range.From - (runs.Range.To - runs.Range.From)), runs.Range.From),
        };

    static double? Regression(TransactionFigures figures, IReadOnlyDictionary<TransactionKey, double>? earlier) =>
        earlier is not null && earlier.TryGetValue(figures.Key, out var p95) && p95 > 0 ? figures.P95 / p95 : null;
}
