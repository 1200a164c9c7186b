using Tocsin.Server.Api;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>Whose trends are asked for: at most as many as a page of the list has.</summary>
sealed record TransactionTrendsBody(IReadOnlyList<TransactionTrendsBody.Named>? Transactions)
{
    public static string Problem { get; } = $"From 1 to {PageRequest.MaxLimit}, each with transaction, project and op.";

    /// <summary>Null: there are none, too many, or one that the scope does not have.</summary>
    public IReadOnlyList<TransactionKey>? Read(SpanScope scope)
    {
        if (Transactions is not { Count: > 0 and <= PageRequest.MaxLimit })
        {
            return null;
        }
        var keys = Transactions.Select(named => named.KeyIn(scope)).ToList();
        return keys.Contains(null) ? null : [.. keys.OfType<TransactionKey>().Distinct()];
    }

    /// <summary>As a row of the list names it; the project by its slug.</summary>
    internal sealed record Named(string? Transaction, string? Project, string? Op)
    {
        public TransactionKey? KeyIn(SpanScope scope) =>
            Transaction is not null
            && Op is not null
            && scope.Projects.FirstOrDefault(project => project.Slug == Project) is { } project
                ? new(project.Id, Transaction, Op)
                : null;
    }
}
