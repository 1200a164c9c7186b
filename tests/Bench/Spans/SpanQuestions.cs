using System.Globalization;
using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Bench.Spans;

/// <summary>A question as the product asks it, and the SQL that somebody would write for it by hand over the same rows.</summary>
sealed record SpanQuestion(string Name, TelemetryQuery Query, string Sql);

/// <summary>What the pages of tracing ask, of the largest project or of all.</summary>
static class SpanQuestions
{
    static readonly Field Transaction = new("transaction");
    static readonly Field Duration = new("span.duration");
    static readonly Filter Segments = new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true);
    static readonly Filter Failed = new Filter.Compare(new Field("span.failed"), Comparison.Equal, true);

    /// <param name="to">The end of the last day, in microseconds; <c>{rows}</c> in the SQL stands for all days' rows.</param>
    public static IEnumerable<SpanQuestion> Of(long to, UInt128 trace)
    {
        const long day = 86_400_000_000;
        var query = new TelemetryQuery
        {
            Dataset = Dataset.Spans,
            Projects = [1],
            Range = new(to - day, to),
            Select = [],
            Budget = TimeSpan.FromMinutes(2),
        };
        yield return List("transactions, 24 h, one project", query);
        yield return List("transactions, 14 d, one project", query with { Range = new(to - 14 * day, to) });
        yield return List("transactions, 24 h, all projects", query with { Projects = [] });
        yield return List("transactions, 14 d, all projects", query with { Projects = [], Range = new(to - 14 * day, to) });
        yield return Hourly("p95 per hour of one transaction, 14 d", query with { Range = new(to - 14 * day, to) });
        yield return Operations("p95 by op and description group, 24 h", query);
        yield return new(
            "trace by id, no hint",
            query with
            {
                Projects = [],
                Range = TimeRange.All,
                Select =
                [
                    new("id", new Field("id")),
                    new("description", new Field("span.description")),
                    new("duration", Duration),
                    new("timestamp", new Field("timestamp")),
                ],
                Where = new Filter.Compare(new Field("trace"), Comparison.Equal, trace),
                OrderBy = [new(new Field("timestamp"), false)],
                Limit = 10_000,
            },
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT span_id, description, duration / 1e3, timestamp FROM {{rows}} WHERE trace_id = {trace}::UHUGEINT ORDER BY timestamp"
            )
        );
    }

    static SpanQuestion List(string name, TelemetryQuery query) =>
        new(
            name,
            query with
            {
                Select =
                [
                    new("transaction", Transaction),
                    new("n", Count),
                    new("p50", new Quantile(Duration, 0.5)),
                    new("p75", new Quantile(Duration, 0.75)),
                    new("p95", new Quantile(Duration, 0.95)),
                    new("p99", new Quantile(Duration, 0.99)),
                    new("failures", CountIf(Failed) / Count),
                    new("users", Distinct(new Field("user"))),
                ],
                Where = Segments,
                GroupBy = [Transaction],
                OrderBy = [new(Count, true)],
                Limit = 50,
            },
            $"""
            SELECT transaction_name, count(*) n, quantile_cont(duration, [0.5, 0.75, 0.95, 0.99])::VARCHAR, avg(failed::INT), count(DISTINCT user_key)
            FROM {Rows} WHERE is_segment{Within(query)} GROUP BY 1 ORDER BY n DESC LIMIT 50
            """
        );

    static SpanQuestion Hourly(string name, TelemetryQuery query)
    {
        var hour = new Bucket(TimeSpan.FromHours(1));
        return new(
            name,
            query with
            {
                Select = [new("hour", hour), new("p95", new Quantile(Duration, 0.95))],
                Where = new Filter.And([Segments, new Filter.Compare(Transaction, Comparison.Equal, "GET /api/shop/3")]),
                GroupBy = [hour],
                Limit = 1_000,
            },
            $"""
            SELECT timestamp - timestamp % 3600000000, quantile_cont(duration, 0.95) FROM {Rows}
            WHERE is_segment AND transaction_name = 'GET /api/shop/3'{Within(query)} GROUP BY 1
            """
        );
    }

    static SpanQuestion Operations(string name, TelemetryQuery query)
    {
        var op = new Field("span.op");
        var group = new Field("span.normalized_description");
        return new(
            name,
            query with
            {
                Select = [new("op", op), new("group", group), new("n", Count), new("p95", new Quantile(Duration, 0.95))],
                GroupBy = [op, group],
                OrderBy = [new(Count, true)],
                Limit = 50,
            },
            $"SELECT op, group_name, count(*) n, quantile_cont(duration, 0.95) FROM {Rows} WHERE true{Within(query)} GROUP BY 1, 2 ORDER BY n DESC LIMIT 50"
        );
    }

    const string Rows = "{rows}";

    static string Within(TelemetryQuery query) =>
        (query.Projects.Count == 0 ? "" : " AND project_id = 1")
        + string.Create(CultureInfo.InvariantCulture, $" AND timestamp >= {query.Range.From} AND timestamp < {query.Range.To}");
}
