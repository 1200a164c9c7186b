namespace Server.Tests.Traces.Detectors;

public sealed class SlowQueryTests
{
    const string Type = "performance_slow_db_query";

    [Theory]
    [InlineData("Django", "0 900 http.server /a\n  1 800 db SELECT \"a\".\"id\" FROM \"a\" WHERE \"a\".\"x\" = %s")]
    [InlineData("Rails", "0 900 http.server A#b\n  1 500 db.sql.active_record SELECT \"a\".* FROM \"a\"")]
    [InlineData("Laravel", "0 900 http.server /a\n  1 600 db.sql.query select * from `a` where `b` = ? {db.system=mysql}")]
    [InlineData("Prisma", "0 900 http.server /a\n  1 700 db.sql.prisma SELECT \"public\".\"A\".\"id\" FROM \"public\".\"A\"")]
    [InlineData("EF Core", "0 900 http.server /a\n  1 501 db.query SELECT [a].[Id] FROM [A] AS [a]")]
    [InlineData("SQLAlchemy", "0 900 http.server /a\n  1 555 db SELECT a.id AS a_id FROM a")]
    [InlineData("Hibernate", "0 900 http.server /a\n  1 888 db select a1_0.id from a a1_0")]
    [InlineData("node-postgres", "0 900 http.server /a\n  1 888 db SELECT id FROM a WHERE b = $1 {db.system=postgresql}")]
    [InlineData("a common table expression", "0 900 http.server /a\n  1 700 db WITH r AS (SELECT 1) SELECT * FROM r")]
    [InlineData(
        "OpenTelemetry, named after its table",
        "0 900 http.server /a\n  1 700 db SELECT orders {db.system=postgresql;db.statement=SELECT * FROM orders}"
    )]
    [InlineData("below other work", "0 900 http.server /a\n  1 850 function f\n    2 800 db SELECT a FROM b")]
    public void A_slow_query_is_found(string what, string spans) =>
        SpanShape
            .Problems(spans)
            .Where(problem => problem.Kind.Type == Type)
            .ShouldHaveSingleItem(what)
            .Offenders.Count.ShouldBe(1);

    [Theory]
    [InlineData("fast enough", "0 900 http.server /a\n  1 499 db SELECT a FROM b")]
    [InlineData("an insert", "0 900 http.server /a\n  1 800 db INSERT INTO a (b) VALUES (1)")]
    [InlineData("an update", "0 900 http.server /a\n  1 800 db UPDATE a SET b = 1")]
    [InlineData("a commit", "0 900 http.server /a\n  1 800 db COMMIT")]
    [InlineData("opening a connection", "0 900 http.server /a\n  1 800 db.connection open")]
    [InlineData("a call", "0 900 http.server /a\n  1 800 http.client GET https://example.com/select")]
    [InlineData("a key of Redis", "0 900 http.server /a\n  1 800 db.redis GET user:7")]
    [InlineData("a cache", "0 900 http.server /a\n  1 800 cache.get SELECT a FROM b")]
    [InlineData("a text that was cut short", "0 900 http.server /a\n  1 800 db SELECT a, b, c, d FROM t WHERE...")]
    [InlineData("nothing but a lock", "0 900 http.server /a\n  1 800 db LOCK TABLE a")]
    [InlineData("the segment itself", "0 900 db SELECT a FROM b\n  1 5 function f")]
    public void What_is_fast_or_no_reading_is_not(string what, string spans) =>
        SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);

    [Fact]
    public void Of_several_alike_the_slowest_stands_for_all()
    {
        var spans = "0 9000 http.server /a\n  1 600 db SELECT a FROM b WHERE c = 1\n  700 900 db SELECT a FROM b WHERE c = 2";
        SpanShape.Problems(spans).Single(problem => problem.Kind.Type == Type).Offenders[0].Duration.ShouldBe(900_000);
    }
}
