namespace Tocsin.Server.Issues;

/// <summary>What an issue is about, in the words of Sentry's API. Stored is only the type; performance problems have one of their own each.</summary>
static class IssueKind
{
    const string Performance = "performance_";

    /// <summary>As <see cref="TypeOf"/> and <see cref="CategoryOf"/> in SQL, over the column.</summary>
    public const string TypeSql = "CASE WHEN i.type LIKE 'performance!_%' ESCAPE '!' THEN i.type ELSE 'error' END";
    public const string CategorySql = "CASE WHEN i.type LIKE 'performance!_%' ESCAPE '!' THEN 'performance' ELSE 'error' END";

    public static bool IsPerformance(string stored) => stored.StartsWith(Performance, StringComparison.Ordinal);

    /// <summary>What the API calls <c>type</c>: what we found ourselves is <c>generic</c>.</summary>
    public static string EventTypeOf(string stored) => IsPerformance(stored) ? "generic" : stored;

    public static string TypeOf(string stored) => IsPerformance(stored) ? stored : "error";

    public static string CategoryOf(string stored) => IsPerformance(stored) ? "performance" : "error";
}
