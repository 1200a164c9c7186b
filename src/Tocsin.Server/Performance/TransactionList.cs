using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>
/// The list of transactions in every order. The store sorts by figures of its own; where an order needs more, the figures of all are read with
/// what it needs of all. What only a page shows is read for the page.
/// </summary>
sealed class TransactionList(TransactionQueries queries)
{
    public async Task<Page<TransactionRowShape>> PageAsync(
        SpanScope scope,
        TransactionOrder order,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var runs = scope.Runs();
        var before = runs.Before();
        var users = order.NeedsUsers ? await queries.UsersAsync(runs, cancellation) : null;
        var issues = order.NeedsIssues ? await queries.IssueCountsAsync(scope, [], cancellation) : null;
        var earlier = order.NeedsRegression ? await queries.SlownessAsync(before, cancellation) : null;
        var found = order.OfFigures is { } by ? await queries.PageAsync(runs, by, page, cancellation) : await SortedAsync();
        var shown = found.Value.Figures;
        if (shown.Count == 0)
        {
            return Page<TransactionRowShape>.FromOffset(page, [], found.Value.All);
        }
        List<TransactionKey> keys = [.. shown.Select(figures => figures.Key)];
        List<string> names = [.. keys.Select(key => key.Transaction).Distinct()];
        // Side by side: each has stretches in which one processor works.
        var toldUsers = users is null ? queries.UsersAsync(runs.Only(keys), cancellation) : Task.FromResult(users);
        var toldIssues = issues is null ? queries.IssueCountsAsync(scope, names, cancellation) : Task.FromResult(issues);
        var toldEarlier = earlier is null ? queries.SlownessAsync(before.Only(keys), cancellation) : Task.FromResult(earlier);
        await Task.WhenAll(toldUsers, toldIssues, toldEarlier);
        (users, issues, earlier) = (await toldUsers, await toldIssues, await toldEarlier);
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
                        found
                    )
                ),
            ],
            found.Value.All
        );

        async Task<Answer<FoundTransactions>> SortedAsync()
        {
            var all = await queries.AllAsync(runs, cancellation);
            var sorted = order.Sort(
                all.Value,
                figures => users?.GetValueOrDefault(figures.Key) ?? default,
                figures => issues?.GetValueOrDefault((figures.Key.ProjectId, figures.Key.Transaction)) ?? 0,
                figures => Regression(figures, earlier)
            );
            return new(new([.. sorted.Skip(page.Offset).Take(page.Limit + 1)], all.Value.Count), all.Sampled, all.Partial);
        }
    }

    static double? Regression(TransactionFigures figures, IReadOnlyDictionary<TransactionKey, double>? earlier) =>
        earlier is not null && earlier.TryGetValue(figures.Key, out var p95) && p95 > 0 ? figures.P95 / p95 : null;
}
