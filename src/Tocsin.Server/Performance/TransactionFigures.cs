using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;
using ApdexThreshold = Tocsin.Server.Explore.ApdexThreshold;

namespace Tocsin.Server.Performance;

/// <summary>What names a transaction.</summary>
readonly record struct TransactionKey(long ProjectId, string Transaction, string Op);

/// <summary>
/// The figures of one transaction, as the store reckons them: those that sums of whole days tell, with percentiles within 1 %. What they cannot
/// tell is apart, in <see cref="UserFigures"/>. Durations are milliseconds.
/// </summary>
sealed record TransactionFigures
{
    public required TransactionKey Key { get; init; }
    public required long Count { get; init; }
    public required double P50 { get; init; }
    public required double P75 { get; init; }
    public required double P95 { get; init; }
    public required double P99 { get; init; }
    public required double FailureRate { get; init; }

    public double TimeLost => Count * (P95 - P50);

    /// <summary>The same, as the store reckons it.</summary>
    public static Expression TimeLostOfAll { get; } = Expression.Count * (Figure.P95 - Figure.P50);

    public static Expression[] Keys { get; } = [SpanField.ProjectId, SpanField.Transaction, SpanField.Op];

    public static IReadOnlyList<Selected> KeyColumns { get; } =
    [new("project", SpanField.ProjectId), new("transaction", SpanField.Transaction), new("op", SpanField.Op)];

    public static IReadOnlyList<Selected> Columns { get; } =
    [
        new("count", Expression.Count),
        new("p50", Figure.P50),
        new("p75", Figure.P75),
        new("p95", Figure.P95),
        new("p99", Figure.P99),
        new("failure_rate", Figure.FailureRate),
    ];

    // The initialisers run in the order in which they are written, which is that of the columns behind the keys.
    public static TransactionFigures Read(IReadOnlyList<object?> row)
    {
        var cells = new Cells(row);
        return new()
        {
            Key = KeyOf(cells),
            Count = cells.Number(),
            P50 = cells.Real(),
            P75 = cells.Real(),
            P95 = cells.Real(),
            P99 = cells.Real(),
            FailureRate = cells.Real(),
        };
    }

    /// <summary>How many times as long as before; null when nothing is known of before.</summary>
    /// <param name="p95">Null: nothing is known of now.</param>
    /// <param name="earlier">0: there was none.</param>
    public static double? Regression(double? p95, double earlier) => earlier > 0 ? p95 / earlier : null;

    public static TransactionKey KeyOf(Cells cells) => new(cells.Number(), cells.Text() ?? "", cells.Text() ?? "");
}

/// <summary>
/// Who waited, and for how long: read from the runs themselves, one by one. Misery: the share of users who waited for long, drawn towards what
/// is usual where they are few.
/// </summary>
readonly record struct UserFigures(long Users, double Misery, double Apdex)
{
    public static IReadOnlyList<Selected> Columns(ApdexThreshold threshold) =>
        [new("users", Figure.Users), new("user_misery", Figure.UserMisery(threshold)), new("apdex", Figure.Apdex(threshold))];

    public static UserFigures Read(Cells cells) => new(cells.Number(), cells.Real(), cells.Real());
}
