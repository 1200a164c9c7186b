namespace Server.Tests.Traces.Detectors;

public sealed class ConsecutiveQueriesTests
{
    const string Type = "performance_consecutive_db_queries";

    [Theory]
    [InlineData("two counts", "0 900 http.server /a\n  1 150 db SELECT COUNT(*) FROM a\n  +1 160 db SELECT COUNT(*) FROM b")]
    [InlineData(
        "three lists",
        "0 900 http.server /a\n  1 90 db SELECT x FROM a\n  +1 90 db SELECT x FROM b\n  +1 90 db SELECT x FROM c"
    )]
    [InlineData(
        "Django, a dashboard",
        "0 900 http.server /a\n  1 200 db SELECT \"a\".\"id\" FROM \"a\" WHERE \"a\".\"u\" = %s\n  +1 180 db SELECT COUNT(*) AS \"__count\" FROM \"b\""
    )]
    [InlineData(
        "Rails",
        "0 900 http.server A#b\n  1 900 view.process_action.action_controller A#b\n    2 120 db.sql.active_record SELECT \"a\".* FROM \"a\"\n    +1 130 db.sql.active_record SELECT \"b\".* FROM \"b\""
    )]
    [InlineData(
        "Laravel",
        "0 900 http.server /a\n  1 120 db.sql.query select * from `a`\n  +5 130 db.sql.query select * from `b`"
    )]
    [InlineData(
        "EF Core",
        "0 900 http.server /a\n  1 300 db.query SELECT [a].[Id] FROM [A] AS [a]\n  +5 130 db.query SELECT [b].[Id] FROM [B] AS [b] WHERE [b].[Id] = @p0"
    )]
    [InlineData("SQLAlchemy", "0 900 http.server /a\n  1 300 db SELECT a.id FROM a\n  +5 330 db SELECT b.id FROM b")]
    [InlineData(
        "Hibernate",
        "0 900 http.server /a\n  1 300 db select a1_0.id from a a1_0\n  +5 330 db select b1_0.id from b b1_0"
    )]
    [InlineData(
        "Prisma",
        "0 900 http.server /a\n  1 150 db.sql.prisma SELECT \"A\".\"id\" FROM \"A\"\n  +1 150 db.sql.prisma SELECT \"B\".\"id\" FROM \"B\""
    )]
    [InlineData("node-postgres awaits each", "0 900 http.server /a\n  1 101 db SELECT 1 FROM a\n  +1 101 db SELECT 1 FROM b")]
    [InlineData(
        "one free among bound ones",
        "0 900 http.server /a\n  1 150 db SELECT x FROM a WHERE i = 1\n  +1 150 db SELECT y FROM b WHERE i = 1\n  +1 150 db SELECT z FROM c"
    )]
    public void Queries_that_wait_without_need_are_found(string what, string spans)
    {
        var problem = SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldHaveSingleItem(what);
        problem.Savings!.Value.ShouldBeGreaterThanOrEqualTo(100_000);
    }

    [Theory]
    [InlineData("one query", "0 900 http.server /a\n  1 500 db SELECT x FROM a")]
    [InlineData(
        "both bound",
        "0 900 http.server /a\n  1 200 db SELECT x FROM a WHERE i = 1\n  +1 200 db SELECT y FROM b WHERE i = 2"
    )]
    [InlineData("nothing to save", "0 900 http.server /a\n  1 60 db SELECT x FROM a\n  +1 60 db SELECT y FROM b")]
    [InlineData("side by side", "0 900 http.server /a\n  1 200 db SELECT x FROM a\n  2 200 db SELECT y FROM b")]
    [InlineData(
        "other work between",
        "0 900 http.server /a\n  1 200 db SELECT x FROM a\n  +1 100 function f\n  +1 200 db SELECT y FROM b"
    )]
    [InlineData(
        "from different places",
        "0 900 http.server /a\n  1 250 function f\n    2 200 db SELECT x FROM a\n  260 250 function g\n    261 200 db SELECT y FROM b"
    )]
    [InlineData("the same query again", "0 900 http.server /a\n  1 200 db SELECT x FROM a\n  +1 200 db SELECT x FROM a")]
    [InlineData("inserts", "0 900 http.server /a\n  1 200 db INSERT INTO a VALUES (1)\n  +1 200 db INSERT INTO b VALUES (1)")]
    [InlineData("too short each", "0 900 http.server /a\n  x8 1 29 db SELECT x FROM a\n  +1 29 db SELECT y FROM b")]
    [InlineData(
        "a write in between",
        "0 900 http.server /a\n  1 200 db SELECT x FROM a\n  +1 10 db UPDATE a SET x = 1\n  +1 200 db SELECT y FROM b"
    )]
    [InlineData("a long one and a tenth", "0 90000 http.server /a\n  1 9000 db SELECT x FROM a\n  +1 120 db SELECT y FROM b")]
    public void Queries_that_must_wait_or_hardly_do_are_not(string what, string spans) =>
        SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);
}
