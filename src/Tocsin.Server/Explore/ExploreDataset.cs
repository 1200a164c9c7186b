using System.Diagnostics.CodeAnalysis;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>What is asked about, under the names that Sentry's clients have for it.</summary>
/// <param name="Name">As the answer calls it.</param>
/// <param name="Only">Null, or which rows belong to it.</param>
sealed record ExploreDataset(string Name, Dataset Rows, Filter? Only = null)
{
    /// <summary>What detectors found has issues, but is no error.</summary>
    static readonly Filter IsFinding = new Filter.Compare(new Expression.Field("type"), Comparison.Equal, "generic");

    static readonly ExploreDataset Errors = new("errors", Dataset.Events, new Filter.Not(IsFinding));
    static readonly ExploreDataset Findings = new("issuePlatform", Dataset.Events, IsFinding);
    public static ExploreDataset Spans { get; } = new("spans", Dataset.Spans);

    static readonly ExploreDataset Transactions = new(
        "transactions",
        Dataset.Spans,
        new Filter.Compare(new Expression.Field("is_transaction"), Comparison.Equal, true)
    );

    /// <summary>What only transactions have. Older clients ask one dataset about both and leave it to the server to see which is meant.</summary>
    static readonly string[] SignsOfTransactions =
    [
        "transaction.duration",
        "transaction.op",
        "transaction.status",
        "event.type:transaction",
        "measurements.",
        "span.",
        "apdex(",
        "user_misery(",
        "count_miserable(",
        "failure_rate(",
        "failure_count(",
        "count_web_vitals(",
        "performance_score(",
        "opportunity_score(",
        "trend_percentage(",
        "trend_difference(",
        SpentTimes.Sign,
        "tpm(",
        "tps(",
        "p50(",
        "p75(",
        "p90(",
        "p95(",
        "p99(",
        "p100(",
        "percentile(",
    ];

    public FieldTable Fields => FieldTable.For(Rows);

    public bool IsOfSpans => Rows == Dataset.Spans;

    public bool IsOfTransactions => this == Transactions;

    /// <summary>What durations are of where a function names none.</summary>
    public string? DefaultDuration => IsOfSpans ? "span.duration" : null;

    /// <param name="name">Null or empty: as <c>discover</c>.</param>
    /// <param name="written">Everything else that the request says, for those names that leave the choice to us.</param>
    public static bool TryFind(
        string? name,
        IEnumerable<string> written,
        [NotNullWhen(true)] out ExploreDataset? dataset,
        [NotNullWhen(false)] out string? error
    )
    {
        dataset = name switch
        {
            "errors" => Errors,
            "issuePlatform" or "search_issues" => Findings,
            "spans" or "spansEAP" or "spansIndexed" or "spansMetrics" => Spans,
            "transactions" => Transactions,
            null or "" or "discover" or "metricsEnhanced" or "metrics" => AboutTransactions(written) ? Transactions : Errors,
            _ => null,
        };
        error = dataset is null
            ? $"dataset must be one of: errors, discover, transactions, spans, issuePlatform; \"{name}\" is not."
            : null;
        return dataset is not null;
    }

    static bool AboutTransactions(IEnumerable<string> written) =>
        written.Any(text => SignsOfTransactions.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase)));
}
