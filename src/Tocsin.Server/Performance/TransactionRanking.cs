using Tocsin.Server.Api;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>
/// Finds which transactions a page shows. The store sorts by figures of its own. Where an order needs more, all are sorted here, by how often each
/// ran and the one figure that the order is about.
/// </summary>
sealed class TransactionRanking(TransactionQueries queries)
{
    public Task<Answer<FoundTransactions>> FindAsync(
        SpanScope scope,
        TransactionOrder order,
        PageRequest page,
        CancellationToken cancellation
    ) =>
        order.OfFigures is { } by
            ? queries.PageAsync(scope.Runs(), by, order.NeedsDurations, page, cancellation)
            : RankAsync(scope, order, page, cancellation);

    async Task<Answer<FoundTransactions>> RankAsync(
        SpanScope scope,
        TransactionOrder order,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var runs = scope.Runs();
        // Side by side: each has stretches in which one processor works.
        var all = queries.AllAsync(runs, order.NeedsDurations ? Figure.P95 : null, cancellation);
        var users = order.NeedsUsers ? queries.UsersAsync(runs, cancellation) : null;
        var issues = order.NeedsIssues ? queries.IssueCountsAsync(scope, [], cancellation) : null;
        var earlier = order.NeedsRegression ? queries.SlownessAsync(runs.Before(), cancellation) : null;
        await Task.WhenAll(new Task?[] { all, users, issues, earlier }.OfType<Task>());
        var found = await all;
        var usersOf = users is null ? null : await users;
        var issuesOf = issues is null ? null : await issues;
        var earlierOf = earlier is null ? null : await earlier;
        Func<RankedTransaction, double?> badness =
            usersOf is not null ? one => order.Badness(usersOf.Value.GetValueOrDefault(one.Key))
            : issuesOf is not null ? one => issuesOf.Value.GetValueOrDefault((one.Key.ProjectId, one.Key.Transaction))
            : earlierOf is not null ? one => TransactionFigures.Regression(one.Figure, earlierOf.Value.GetValueOrDefault(one.Key))
            : one => one.Figure;
        var sorted = order.Sort(found.Value.Select(one => one with { Figure = badness(one) }));
        return new(
            new([.. sorted.Skip(page.Offset).Take(page.Limit + 1).Select(one => one.Key)], found.Value.Count)
            {
                Users = users,
                Issues = issues,
                Earlier = earlier,
            },
            found.Notes.With(usersOf?.Notes).With(issuesOf?.Notes).With(earlierOf?.Notes)
        );
    }
}

/// <summary>One among all of a list: how often it ran, and what the list is sorted by; null: nothing is known of that.</summary>
readonly record struct RankedTransaction(TransactionKey Key, long Count, double? Figure);

/// <summary>The transactions of a page and the one behind it, in their order.</summary>
/// <param name="All">How many there are; null where that is not known.</param>
sealed record FoundTransactions(IReadOnlyList<TransactionKey> Keys, long? All)
{
    /// <summary>This and what follows: what was read of them on the way. Null: nothing.</summary>
    public Task<Answer<IReadOnlyDictionary<TransactionKey, TransactionFigures>>>? Figures { get; init; }
    public Task<Answer<IReadOnlyDictionary<TransactionKey, UserFigures>>>? Users { get; init; }
    public Task<Answer<IReadOnlyDictionary<(long ProjectId, string Transaction), int>>>? Issues { get; init; }

    /// <summary>The p95 of as much time before.</summary>
    public Task<Answer<IReadOnlyDictionary<TransactionKey, double>>>? Earlier { get; init; }
}
