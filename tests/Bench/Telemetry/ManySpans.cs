using System.Globalization;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Rows;

namespace Bench.Telemetry;

/// <summary>
/// Day files as the product writes them, filled by DuckDB itself: traces of twenty spans in the order of their arrival, 24 projects of which the
/// first has 40 %, 200 transactions a project, log-normal durations, 100 000 users of every transaction, random ids, LCP on every fourth segment.
/// </summary>
static class ManySpans
{
    public const int PerTrace = 20;
    const int AtOnce = 2_000_000;

    /// <param name="runsAlone">Without the spans within the segments, which lists of transactions do not read.</param>
    public static void Fill(string directory, DateOnly first, int days, long rows, bool runsAlone = false)
    {
        using var engine = DuckDbEngine.Open(new(directory) { Threads = 2, MemoryLimit = "1GB" });
        for (var day = 0; day < days; day++)
        {
            var date = first.AddDays(day);
            var name = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            engine.Attach(Path.Combine(directory, $"events-{name}.duckdb"), "filling", date);
            using (var connection = engine.Connect())
            {
                var perDay = rows / days;
                for (var done = 0L; done < perDay; done += AtOnce)
                {
                    var end = Math.Min(perDay, done + AtOnce);
                    var step = 86_400_000_000 / (perDay / PerTrace);
                    connection.Execute(Insert(Tables.Segments, "place = 0", day * perDay, done, end, Microseconds(date), step));
                    if (!runsAlone)
                    {
                        connection.Execute(Insert(Tables.Spans, "place > 0", day * perDay, done, end, Microseconds(date), step));
                    }
                }
                connection.Execute($"INSERT INTO filling.{Tables.Applied} VALUES ({day + 1})");
                connection.Execute("CHECKPOINT filling");
            }
            engine.Detach("filling");
        }
    }

    /// <summary>The trace of one span, as <see cref="Fill"/> makes it.</summary>
    public static string TraceOf(long span) => $"SELECT {Trace($"{span / PerTrace}")}";

    static string Trace(string number) => $"((hash({number})::UHUGEINT << 64) | hash({number} + 7777777)::UHUGEINT)";

    static string Insert(Table<SpanRow> table, string condition, long before, long from, long to, long midnight, long step) =>
        $"""
        INSERT INTO filling.{table.Name} ({table.Columns.Aggregate(
                "position",
                (names, column) => $"{names}, {column.Name}"
            )})
        SELECT {string.Join(", ", table.Columns.Select(column => Value(column.Name)).Prepend("1"))}
        FROM (
            SELECT *, {Trace("trace")} AS id, hash(trace + 1) % 1000 AS share, hash(trace + 2) % 10000 AS person,
                (hash(i + 3) % 1000000 + 1) / 1000002.0 AS u, (hash(i + 4) % 1000000 + 1) / 1000002.0 AS v, hash(i + 5) % 400 AS kind
            FROM (SELECT i + {before} AS i, (i + {before}) // {PerTrace} AS trace, (i + {before}) % {PerTrace} AS place,
                {midnight} + (i // {PerTrace}) * {step} + ((i + {before}) % {PerTrace}) * 1300 AS time FROM range({from}, {to}) r(i))
        ) WHERE {condition} ORDER BY i
        """;

    static string Value(string column) =>
        column switch
        {
            "project_id" => "CASE WHEN share < 400 THEN 1 ELSE 2 + share % 23 END",
            "trace_id" => "id",
            "span_id" => "(hash(i) >> 1)::BIGINT",
            "parent_span_id" => "CASE WHEN place > 0 THEN (hash(trace * 20) >> 1)::BIGINT END",
            "segment_id" => "(hash(trace * 20) >> 1)::BIGINT",
            "is_segment" => "place = 0",
            "timestamp" => "time",
            "received" => "time + 2000000",
            "duration" => "CAST(exp(11 + sqrt(-2 * ln(u)) * cos(6.2831853 * v)) AS BIGINT)",
            "self_time" => "CAST(exp(10 + sqrt(-2 * ln(u)) * cos(6.2831853 * v)) AS BIGINT)",
            "op" => "CASE WHEN place = 0 THEN 'http.server' WHEN place % 3 = 0 THEN 'http.client' ELSE 'db' END",
            "description" =>
                "CASE WHEN place = 0 THEN NULL ELSE 'SELECT name, price FROM table_' || kind || ' WHERE id = ' || hash(i) % 5000 END",
            "group_name" => "CASE WHEN place = 0 THEN NULL ELSE 'SELECT name, price FROM table_' || kind || ' WHERE id = %s' END",
            "group_hash" => "CASE WHEN place = 0 THEN 0 ELSE (hash(kind) >> 1)::BIGINT END",
            "category" => "CASE WHEN place = 0 OR place % 3 = 0 THEN 'http' ELSE 'db' END",
            "domain" => "CASE WHEN place > 0 THEN 'table_' || kind END",
            "status" => "CASE WHEN person % 50 = 0 THEN 'internal_error' ELSE 'ok' END",
            "failed" => "person % 50 = 0",
            "transaction_name" => "'GET /shop/section-' || (person * person // 500000) || '/'",
            "transaction_op" => "'http.server'",
            "platform" => "'python'",
            "environment" => "CASE WHEN share % 10 = 0 THEN 'staging' ELSE 'production' END",
            "release" => "'shop@1.' || time // 172800000000 % 20",
            "server_name" => "'web-' || share % 8",
            "sdk_name" => "'sentry.python'",
            "sdk_version" => "'2.19.0'",
            "user_key" => "'id:' || hash(trace + 6) % 100000",
            "lcp" => "CASE WHEN place = 0 AND share % 4 = 0 THEN 400.0 + hash(i + 8) % 4000 END",
            "weight" => "1.0",
            "measurements" => "'{}'",
            "attributes" =>
                "CASE WHEN place % 3 = 0 THEN '{\"server.port\":443,\"thread.id\":\"' || hash(i) % 64 || '\"}' ELSE '{}' END",
            "payload_segment" => "1",
            "payload_offset" => "trace * 1400",
            "payload_length" => "1400",
            _ => "NULL",
        };

    static long Microseconds(DateOnly day) =>
        (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;
}
