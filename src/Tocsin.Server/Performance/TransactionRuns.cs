using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>Which spans lists of transactions are made of.</summary>
static class TransactionRuns
{
    public static SpanScope Runs(this SpanScope scope) =>
        scope.And(SpanField.IsSegment.Is(true), new Filter.Has(SpanField.Transaction));

    /// <summary>Those of these transactions alone: names are shared among projects, and a page has few of all pairs.</summary>
    public static SpanScope Only(this SpanScope runs, IReadOnlyCollection<TransactionKey> transactions)
    {
        var projects = transactions.Select(key => key.ProjectId).ToHashSet();
        return runs.And(
            new Filter.OneOf(
                TransactionFigures.Keys,
                [.. transactions.Select(key => new object[] { key.ProjectId, key.Transaction, key.Op })]
            )
        ) with
        {
            Projects = [.. runs.Projects.Where(project => projects.Contains(project.Id))],
        };
    }

    /// <summary>
    /// What is asked of runs that can be asked of events as well: their environment. What a search says of spans need not be said of events.
    /// </summary>
    public static IEnumerable<Filter> OfEvents(this SpanScope scope) => scope.Conditions.Where(SpanScope.IsEnvironment);

    /// <summary>In as much time before.</summary>
    public static SpanScope Before(this SpanScope runs) =>
        runs with
        {
            Range = new(Math.Max(0, runs.Range.From - (runs.Range.To - runs.Range.From)), runs.Range.From),
        };
}
