namespace Tocsin.Server.Performance;

/// <summary>
/// How a list of transactions is sorted. A dash in front, or nothing but the usual address, means the worst first; the bare name the best
/// first.
/// </summary>
sealed record TransactionOrder(string Name, bool WorstFirst)
{
    static readonly Dictionary<string, Func<TransactionFigures, double>> ByFigures = new(StringComparer.Ordinal)
    {
        ["time_lost"] = figures => figures.TimeLost,
        ["slowest"] = figures => figures.P95,
        ["failing"] = figures => figures.FailureRate,
        ["throughput"] = figures => figures.Count,
        ["p50"] = figures => figures.P50,
        ["p75"] = figures => figures.P75,
        ["p95"] = figures => figures.P95,
        ["p99"] = figures => figures.P99,
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

    /// <summary>What has no regression comes last in either direction.</summary>
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
            : NeedsRegression ? regressionOf(figures)
            : ByFigures[Name](figures);
        var known = all.OrderBy(figures => Badness(figures) is null);
        var sorted = WorstFirst ? known.ThenByDescending(Badness) : known.ThenBy(Badness);
        return sorted
            .ThenByDescending(figures => figures.Count)
            .ThenBy(figures => figures.Key.Transaction, StringComparer.Ordinal)
            .ThenBy(figures => figures.Key.ProjectId)
            .ThenBy(figures => figures.Key.Op, StringComparer.Ordinal);
    }
}
