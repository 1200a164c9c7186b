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

    /// <summary>By how long runs took; all that is known of that is more to read than all the rest.</summary>
    public bool NeedsDurations => !NeedsUsers && !NeedsIssues && Name is not ("failing" or "throughput");

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

    /// <summary>Where it needs users: the higher, the worse.</summary>
    public double Badness(UserFigures figures) => ByUsers[Name](figures);

    /// <summary>Those of which nothing is known come last in either direction.</summary>
    public IEnumerable<RankedTransaction> Sort(IEnumerable<RankedTransaction> all)
    {
        var known = all.OrderBy(one => one.Figure is null);
        var sorted = WorstFirst ? known.ThenByDescending(one => one.Figure) : known.ThenBy(one => one.Figure);
        return sorted
            .ThenByDescending(one => one.Count)
            .ThenBy(one => one.Key.Transaction, StringComparer.Ordinal)
            .ThenBy(one => one.Key.ProjectId)
            .ThenBy(one => one.Key.Op, StringComparer.Ordinal);
    }
}
