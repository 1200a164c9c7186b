using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>
/// How the p95 of some transactions went. It is asked apart from the list that names them: its rows are there at once, and their lines a moment
/// later.
/// </summary>
sealed class TransactionTrends(TransactionQueries queries)
{
    const int MostSteps = 24;

    /// <returns>One for each, in their order.</returns>
    public async Task<Answer<IReadOnlyList<TransactionTrendShape>>> OfAsync(
        SpanScope scope,
        IReadOnlyList<TransactionKey> transactions,
        CancellationToken cancellation
    )
    {
        var steps = Steps.Of(scope.Range, MostSteps);
        var points = await queries.TrendsAsync(scope.Runs().Only(transactions), steps, cancellation);
        return new(
            [
                .. transactions.Select(key =>
                {
                    var byBegin = points.Value[key].ToDictionary(point => point.Begin, point => point.P95);
                    return new TransactionTrendShape
                    {
                        Transaction = key.Transaction,
                        Project = scope.SlugOf(key.ProjectId),
                        Op = key.Op,
                        P95 = steps.Pairs(begin => byBegin.TryGetValue(begin, out var p95) ? p95 : null),
                    };
                }),
            ],
            points.Notes
        );
    }
}
