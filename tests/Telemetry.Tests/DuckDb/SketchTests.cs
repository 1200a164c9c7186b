using System.Globalization;
using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

/// <summary>The functions that DuckDB gets from us.</summary>
public sealed class SketchTests : IDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly DuckDbEngine engine;

    public SketchTests() => engine = DuckDbEngine.Open(new(directory.Path) { Threads = 2 });

    object? Value(string sql) => engine.Row(sql)[0];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(50, 0.01)]
    [InlineData(5_000, 0.02)]
    [InlineData(8_192, 0.02)]
    [InlineData(9_000, 0.02)]
    [InlineData(60_000, 0.02)]
    [InlineData(200_000, 0.02)]
    [InlineData(2_000_000, 0.02)]
    public void Users_are_counted_within_two_percent(int users, double error)
    {
        var sets =
            $"(SELECT user_set('id:' || (i % {users})) AS users FROM range({Math.Max(users, users * 5L / 4)}) r(i) GROUP BY i // 20000)";

        var counted = (long)Value($"SELECT user_count(user_set_all(users)) FROM {sets}")!;

        ((double)counted).ShouldBe(users, users <= 8_192 ? 1e-3 * users : users * error);
    }

    [Fact]
    public void Nobody_is_no_user()
    {
        Value("SELECT user_count(user_set(NULL::VARCHAR))").ShouldBe(0L);
        Value("SELECT user_count(user_set_all(NULL::BLOB))").ShouldBe(0L);
        Value("SELECT user_count(user_set(i::VARCHAR) FILTER (WHERE i > 9)) FROM range(9) r(i)").ShouldBe(0L);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(129)]
    [InlineData(100_000)]
    public void Quantiles_are_within_one_percent_however_they_were_added_up(int values)
    {
        foreach (var share in new[] { 0, 0.25, 0.5, 0.75, 0.9, 0.99, 1 })
        {
            var at = share.ToString(CultureInfo.InvariantCulture);
            var rows = $"(SELECT i, exp(hash(i) % 1000 / 100.0) AS v FROM range({values}) r(i))";
            var exact = (double)Value($"SELECT quantile_disc(v, {at}) FROM {rows}")!;
            var sketches = $"(SELECT sketch(v, 1.0) AS s FROM {rows} GROUP BY i % 37)";

            var sketched = (double)Value($"SELECT sketch_at(sketch_all(s), {at}) FROM {sketches}")!;

            sketched.ShouldBe(exact, exact * 0.01);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(300, 2)]
    [InlineData(300, 100)]
    [InlineData(20_000, 3)]
    [InlineData(20_000, 5_000)]
    public void Parts_put_together_are_the_whole(int values, int parts)
    {
        var rows = $"(SELECT i, exp(hash(i) % 1000 / 100.0) AS v FROM range({values}) r(i))";
        // The first part has half of all, so that small ones meet a large one, and equal ones each other.
        var pieces = $"(SELECT sketch(v, 2.0) AS s FROM {rows} GROUP BY CASE WHEN i % 2 = 0 THEN 0 ELSE i % {parts} END)";

        Value($"SELECT (SELECT sketch_all(s) FROM {pieces}) = (SELECT sketch(v, 2.0) FROM {rows})").ShouldBe(true);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    public void What_tables_have_of_a_group_is_the_whole(int tables)
    {
        // A table's rows are taken up apart from those of others; of sixty there are more bytes than are kept one by one.
        var all = "(SELECT i, exp(hash(i) % 1000 / 100.0) AS v FROM range(60000) r(i))";
        Value(
            $"CREATE TABLE memory.pieces AS SELECT i % 3 AS page, i % {tables} AS part, sketch(v, 1.0) AS s FROM {all} GROUP BY 1, 2"
        );
        for (var part = 0; part < tables; part++)
        {
            Value($"CREATE TABLE memory.pieces{part} AS SELECT page, s FROM memory.pieces WHERE part = {part}");
        }
        var union = string.Join(
            " UNION ALL ",
            Enumerable.Range(0, tables).Select(part => $"SELECT page, s FROM memory.pieces{part}")
        );

        Value(
                $"""
                SELECT bool_and(whole.s = parts.s AND quantile_in(parts.found, 0) = sketch_at(whole.s, 0.95))
                FROM (SELECT i % 3 AS page, sketch(v, 1.0) AS s FROM {all} GROUP BY 1) whole
                JOIN (SELECT page, sketch_all(s) AS s, sketch_quantiles(s, '0.95') AS found FROM ({union}) GROUP BY 1) parts USING (page)
                """
            )
            .ShouldBe(true);
    }

    [Fact]
    public void Quantiles_found_together_are_those_found_one_by_one()
    {
        double[] shares = [0.5, 0, 0.95, 1, 0.123];
        const string sketches =
            "(SELECT sketch(exp(hash(i) % 1000 / 100.0), 1.0) AS s, i % 3 AS page FROM range(5000) r(i) GROUP BY i % 3, i % 37)";
        var list = string.Join(' ', shares.Select(share => share.ToString(CultureInfo.InvariantCulture)));
        for (var place = 0; place < shares.Length; place++)
        {
            var at = shares[place].ToString(CultureInfo.InvariantCulture);
            Value(
                    $"""
                    SELECT bool_and(quantile_in(found, {place}) = sketch_at(every, {at})) FROM (
                        SELECT sketch_quantiles(s, '{list}') AS found, sketch_all(s) AS every FROM {sketches} GROUP BY page
                    )
                    """
                )
                .ShouldBe(true);
        }
        Value($"SELECT quantile_in(sketch_quantiles(s, '{list}'), 0) FROM {sketches} WHERE page > 3").ShouldBeNull();
        Value($"SELECT quantile_in(sketch_quantiles(NULL::BLOB, '{list}'), 0)").ShouldBeNull();
    }

    [Fact]
    public void What_several_threads_add_to_a_group_is_all_of_it()
    {
        // Rows that lie together are of one thread: none of them has values or users of another. Of 4 000 hashes two may be the same.
        Value(
            "CREATE TABLE memory.runs AS SELECT i % 100 AS page, exp(i / 100000.0) AS took, 'id:' || i AS who FROM range(400000) r(i)"
        );
        const string pages = """
            SELECT page, sketch_at(sketch(took, 1.0), 0.5) AS sketched, quantile_disc(took, 0.5) AS exact,
                user_count(user_set(who)) AS counted
            FROM memory.runs GROUP BY page
            """;

        Value($"SELECT count(*) FROM ({pages}) WHERE abs(sketched - exact) < exact * 0.01 AND counted > 3990").ShouldBe(100L);
    }

    [Fact]
    public void What_is_not_above_zero_counts_as_zero_and_nothing_has_no_quantile()
    {
        Value("SELECT sketch_at(sketch(v, 1.0), 0.5) FROM (VALUES (-3.0::DOUBLE), (0.0), ('nan'::DOUBLE), (8.0)) t(v)")
            .ShouldBe(0.0);
        Value("SELECT sketch_at(sketch(v, 1.0), 0.5) FROM (VALUES (NULL::DOUBLE)) t(v)").ShouldBeNull();
        Value("SELECT sketch_at(sketch_all(NULL::BLOB), 0.5)").ShouldBeNull();
    }

    [Fact]
    public void A_weight_counts_as_so_many_values()
    {
        var heavy = (double)
            Value("SELECT sketch_at(sketch(v, w), 0.5) FROM (VALUES (10.0::DOUBLE, 9.5), (1000.0, 1.0)) t(v, w)")!;

        heavy.ShouldBe(10, 0.1);
    }

    public void Dispose()
    {
        engine.Dispose();
        directory.Dispose();
    }
}
