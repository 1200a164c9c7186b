using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>
/// How a list of transactions is sorted. A dash in front, or nothing but the usual address, means the worst first; the bare name the best
/// first.
/// </summary>
sealed record TransactionOrder(string Name, bool WorstFirst)
{
    static readonly Dictionary<string, Expression> ByFigures = new(StringComparer.Ordinal)
    {
        ["time_lost"] = TransactionFigures.TimeLostOfAll,
        ["slowest"] = Figure.P95,
        ["failing"] = Figure.FailureRate,
        ["throughput"] = Expression.Count,
        ["p50"] = Figure.P50,
        ["p75"] = Figure.P75,
        ["p95"] = Figure.P95,
        ["p99"] = Figure.P99,
    };

    static readonly Dictionary<string, Func<UserFigures, double>> ByUsers = new(StringComparer.Ordinal)
    {
        ["users"] = figures => figures.Users,
        ["misery"] = figures => figures.Misery,
        // The worst has the lowest.
        ["apdex"] = figures => -figures.Apdex,
    };

    public static IEnumerable<string> Names => [.. ByFigures.Keys, .. ByUsers.Keys, "issues", "regression"];

    public bool NeedsUsers => ByUsers.ContainsKey(Name);
    public bool NeedsIssues => Name == "issues";
    public bool NeedsRegression => Name == "regression";

    /// <summary>Null: there is no such order.</summary>
    public static TransactionOrder? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new("time_lost", true);
        }
        var name = text.TrimStart('-');
        return Names.Contains(name) ? new(name, text[0] == '-') : null;
    }

    /// <summary>As the store sorts by figures of its own; null: it needs more than these.</summary>
    public IReadOnlyList<Ordering>? OfFigures =>
        ByFigures.TryGetValue(Name, out var figure)
            ?
            [
                new(figure, WorstFirst),
                new(Expression.Count, true),
                new(SpanField.Transaction, false),
                new(SpanField.ProjectId, false),
                new(SpanField.Op, false),
            ]
            : null;

    /// <summary>By what needs more than figures. What has no regression comes last in either direction.</summary>
    public IEnumerable<TransactionFigures> Sort(
        IEnumerable<TransactionFigures> all,
        Func<TransactionFigures, UserFigures> usersOf,
        Func<TransactionFigures, int> issuesOf,
        Func<TransactionFigures, double?> regressionOf
    )
    {
        double? Badness(TransactionFigures figures) =>
            NeedsUsers ? ByUsers[Name](usersOf(figures))
            : NeedsIssues ? issuesOf(figures)
            : regressionOf(figures);
        var known = all.OrderBy(figures => Badness(figures) is null);
        var sorted = WorstFirst ? known.ThenByDescending(Badness) : known.ThenBy(Badness);
        return sorted
            .ThenByDescending(figures => figures.Count)
            .ThenBy(figures => figures.Key.Transaction, StringComparer.Ordinal)
            .ThenBy(figures => figures.Key.ProjectId)
            .ThenBy(figures => figures.Key.Op, StringComparer.Ordinal);
    }
}
