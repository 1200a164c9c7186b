namespace Tocsin.Server.Issues;

/// <summary>What an issue is about, in the words of Sentry's API. Stored is only the type; performance problems have one of their own each.</summary>
static class IssueKind
{
    const string Performance = "performance_";

    /// <summary>As <see cref="TypeOf"/> and <see cref="CategoryOf"/> in SQL, over the column.</summary>
    public const string TypeSql = "CASE WHEN i.type LIKE 'performance!_%' ESCAPE '!' THEN i.type ELSE 'error' END";
    public const string CategorySql = "CASE WHEN i.type LIKE 'performance!_%' ESCAPE '!' THEN 'performance' ELSE 'error' END";

    /// <summary>The finer categories by which newer clients search for performance problems; empty for what is none of them.</summary>
    public const string NewCategorySql = """
        CASE
            WHEN i.type LIKE 'performance!_%db!_quer%' ESCAPE '!' THEN 'db_query'
            WHEN i.type LIKE 'performance!_%http%' ESCAPE '!' OR i.type = 'performance_n_plus_one_api_calls' THEN 'http_client'
            WHEN i.type LIKE 'performance!_%asset%' ESCAPE '!' THEN 'frontend'
            WHEN i.type LIKE 'performance!_%main!_thread' ESCAPE '!' THEN 'mobile'
            WHEN i.type LIKE 'performance!_%regression' ESCAPE '!' THEN 'metric'
            ELSE ''
        END
        """;

    public static bool IsPerformance(string stored) => stored.StartsWith(Performance, StringComparison.Ordinal);

    /// <summary>What the API calls <c>type</c>: what we found ourselves is <c>generic</c>.</summary>
    public static string EventTypeOf(string stored) => IsPerformance(stored) ? "generic" : stored;

    public static string TypeOf(string stored) => IsPerformance(stored) ? stored : "error";

    public static string CategoryOf(string stored) => IsPerformance(stored) ? "performance" : "error";
}
