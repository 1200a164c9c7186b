using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>
/// The list of transactions in every order. What decides the order is read of all of them, see <see cref="TransactionRanking"/>; what a page only
/// shows is read for the page.
/// </summary>
sealed class TransactionList(TransactionRanking ranking, TransactionQueries queries)
{
    public async Task<Answer<Page<TransactionRowShape>>> PageAsync(
        SpanScope scope,
        TransactionOrder order,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var found = await ranking.FindAsync(scope, order, page, cancellation);
        var ranked = found.Value;
        if (ranked.Keys.Count == 0)
        {
            return new(Page<TransactionRowShape>.FromOffset(page, [], ranked.All), found.Notes);
        }
        var runs = scope.Runs().Only(ranked.Keys);
        List<string> names = [.. ranked.Keys.Select(key => key.Transaction).Distinct()];
        // Side by side: each has stretches in which one processor works.
        var figures = ranked.Figures ?? queries.FiguresAsync(runs, cancellation);
        var users = ranked.Users ?? queries.UsersAsync(runs, cancellation);
        var issues = ranked.Issues ?? queries.IssueCountsAsync(scope, names, cancellation);
        var earlier = ranked.Earlier ?? queries.SlownessAsync(runs.Before(), cancellation);
        await Task.WhenAll(figures, users, issues, earlier);
        var (figuresOf, usersOf, issuesOf, earlierOf) = (await figures, await users, await issues, await earlier);
        var notes = found.Notes.With(figuresOf.Notes).With(usersOf.Notes).With(issuesOf.Notes).With(earlierOf.Notes);
        var shown = Page<TransactionRowShape>.FromOffset(
            page,
            [
                .. ranked
                    .Keys.Where(figuresOf.Value.ContainsKey)
                    .Select(key =>
                        TransactionMapping.Row(
                            scope,
                            figuresOf.Value[key],
                            usersOf.Value.GetValueOrDefault(key),
                            issuesOf.Value.GetValueOrDefault((key.ProjectId, key.Transaction)),
                            TransactionFigures.Regression(figuresOf.Value[key].P95, earlierOf.Value.GetValueOrDefault(key)),
                            notes
                        )
                    ),
            ],
            ranked.All
        );
        return new(shown, notes);
    }
}
