using Tocsin.Server.Traces.Groups;

namespace Server.Tests.Traces.Groups;

/// <summary>Statements as ORMs and drivers send them, and what their group is called.</summary>
public sealed class SqlShapeTests
{
    [Theory]
    [InlineData("SELECT * FROM users WHERE id = 42", "SELECT * FROM users WHERE id = %s", "SELECT", "users")]
    [InlineData("select * from Users where Name = 'O''Brien'", "SELECT * FROM users WHERE name = %s", "SELECT", "users")]
    [InlineData("SELECT * FROM users WHERE id = $1", "SELECT * FROM users WHERE id = %s", "SELECT", "users")]
    [InlineData("SELECT * FROM users WHERE id = ? LIMIT ?", "SELECT * FROM users WHERE id = %s LIMIT %s", "SELECT", "users")]
    [InlineData("SELECT * FROM users WHERE id = :id", "SELECT * FROM users WHERE id = %s", "SELECT", "users")]
    [InlineData("SELECT * FROM users WHERE id = @p0", "SELECT * FROM users WHERE id = %s", "SELECT", "users")]
    [InlineData("SELECT * FROM users WHERE id = %(id_1)s", "SELECT * FROM users WHERE id = %s", "SELECT", "users")]
    [InlineData("SELECT * FROM t WHERE a IN (1, 2, 3)", "SELECT * FROM t WHERE a IN (%s)", "SELECT", "t")]
    [InlineData("SELECT * FROM t WHERE a IN (?,?,?,?)", "SELECT * FROM t WHERE a IN (%s)", "SELECT", "t")]
    [InlineData("SELECT * FROM t WHERE a = ANY(ARRAY[1,2,3])", "SELECT * FROM t WHERE a = ANY(array[%s])", "SELECT", "t")]
    [InlineData(
        "INSERT INTO orders (id, note) VALUES (1, 'a'), (2, 'b(')",
        "INSERT INTO orders (id, note) VALUES (%s)",
        "INSERT",
        "orders"
    )]
    [InlineData(
        "INSERT INTO o (id, at) VALUES (1, now()), (2, now()) ON CONFLICT DO NOTHING",
        "INSERT INTO o (id, at) VALUES (%s, now()) ON CONFLICT DO NOTHING",
        "INSERT",
        "o"
    )]
    [InlineData("INSERT INTO o (id) VALUES (1) RETURNING id", "INSERT INTO o (id) VALUES (%s) RETURNING id", "INSERT", "o")]
    [InlineData(
        "UPDATE \"carts\" SET \"total\" = 12.50 WHERE \"carts\".\"id\" = 7",
        "UPDATE carts SET total = %s WHERE carts.id = %s",
        "UPDATE",
        "carts"
    )]
    [InlineData("DELETE FROM `sessions` WHERE `key` = 'abc'", "DELETE FROM sessions WHERE key = %s", "DELETE", "sessions")]
    [InlineData("SELECT [u].[Id] FROM [dbo].[Users] AS [u]", "SELECT u.Id FROM dbo.Users AS u", "SELECT", "Users")]
    [InlineData("SELECT 1", "SELECT %s", "SELECT", null)]
    [InlineData("SELECT -1, +2, a-1", "SELECT %s, %s, a-%s", "SELECT", null)]
    [InlineData(
        "SELECT * FROM t WHERE deleted IS NULL AND x = NULL",
        "SELECT * FROM t WHERE deleted IS NULL AND x = %s",
        "SELECT",
        "t"
    )]
    [InlineData("SELECT * FROM t WHERE live = TRUE", "SELECT * FROM t WHERE live = %s", "SELECT", "t")]
    [InlineData("SELECT * FROM events_2024_11", "SELECT * FROM events_*_*", "SELECT", "events_*_*")]
    [InlineData("SAVEPOINT \"s140177518376768_x2\"", "SAVEPOINT s*_x2", "SAVEPOINT", null)]
    [InlineData("RELEASE SAVEPOINT s140_x19", "RELEASE SAVEPOINT s*_x19", "RELEASE", null)]
    [InlineData("BEGIN", "BEGIN", "BEGIN", null)]
    [InlineData("COMMIT;", "COMMIT", "COMMIT", null)]
    [InlineData("/* shop:cart */ SELECT a FROM b -- why\n WHERE c = 1", "SELECT a FROM b WHERE c = %s", "SELECT", "b")]
    [InlineData("SELECT a\n   FROM   b\r\n\tWHERE  c=1 ;", "SELECT a FROM b WHERE c=%s", "SELECT", "b")]
    [InlineData("SELECT $$it's$$, $x$y$x$", "SELECT %s, %s", "SELECT", null)]
    [InlineData("SELECT a::text, '1'::int FROM b", "SELECT a::text, %s::int FROM b", "SELECT", "b")]
    [InlineData("SELECT 0xFF, 1e10, 1.5e-7, .5", "SELECT %s, %s, %s, %s", "SELECT", null)]
    [InlineData("SELECT N'ä', E'a\\'b', x'00'", "SELECT %s, %s, %s", "SELECT", null)]
    [InlineData(
        "SELECT EXTRACT(YEAR FROM created) FROM orders",
        "SELECT extract(year FROM created) FROM orders",
        "SELECT",
        "orders"
    )]
    [InlineData(
        "WITH recent AS (SELECT * FROM orders WHERE at > '2024-01-01') DELETE FROM carts",
        "WITH recent AS (SELECT * FROM orders WHERE at > %s) DELETE FROM carts",
        "DELETE",
        "orders"
    )]
    [InlineData(
        "SELECT * FROM (SELECT id FROM users) x JOIN b ON b.id = x.id",
        "SELECT * FROM (SELECT id FROM users) x JOIN b ON b.id = x.id",
        "SELECT",
        "users"
    )]
    [InlineData("SELECT * FROM t FOR UPDATE SKIP LOCKED", "SELECT * FROM t FOR UPDATE SKIP LOCKED", "SELECT", "t")]
    [InlineData(
        "select u1_0.id from users u1_0 where u1_0.id=?",
        "SELECT u1_*.id FROM users u1_* WHERE u1_*.id=%s",
        "SELECT",
        "users"
    )]
    [InlineData(
        "SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4), (5, 6))",
        "SELECT * FROM t WHERE (a, b) IN ((%s))",
        "SELECT",
        "t"
    )]
    [InlineData(
        "INSERT INTO t (a, b) VALUES (1, 2), (3, 4) ON DUPLICATE KEY UPDATE a = VALUES(a), b = VALUES(b)",
        "INSERT INTO t (a, b) VALUES (%s) ON duplicate KEY UPDATE a = VALUES(a), b = VALUES(b)",
        "INSERT",
        "t"
    )]
    [InlineData(
        "SET IMPLICIT_TRANSACTIONS OFF;\r\nSET NOCOUNT ON;\r\nINSERT INTO [Orders] ([Id]) VALUES (@p0),\r\n(@p1);",
        "SET implicit_transactions off; SET nocount ON; INSERT INTO Orders (Id) VALUES (%s)",
        "INSERT",
        "Orders"
    )]
    [InlineData("SET NOCOUNT ON;", "SET nocount ON", "SET", null)]
    [InlineData(
        "MERGE [Blogs] USING (\r\nVALUES (@p0, 0),\r\n(@p1, 1)) AS i ([Name], _Position) ON 1=0",
        "MERGE Blogs USING (VALUES (%s)) AS i (Name, _position) ON %s=%s",
        "MERGE",
        "Blogs"
    )]
    [InlineData(
        "UPDATE \"b\" SET \"n\" = CASE WHEN (\"b\".\"id\" = 1) THEN 'x' WHEN (\"b\".\"id\" = 2) THEN 'y' WHEN (\"b\".\"id\" = 3) THEN 'z' ELSE NULL END",
        "UPDATE b SET n = CASE WHEN (b.id = %s) THEN %s ELSE %s END",
        "UPDATE",
        "b"
    )]
    [InlineData(
        "SELECT CASE WHEN a = 1 THEN 'x' WHEN b = 2 THEN 'y' END FROM t",
        "SELECT CASE WHEN a = %s THEN %s WHEN b = %s THEN %s END FROM t",
        "SELECT",
        "t"
    )]
    [InlineData("SELECT * FROM t WHERE a IN (1, 2, 3...", "SELECT * FROM t WHERE a IN (%s", "SELECT", "t")]
    [InlineData("SELECT * FROM t WHERE a IN (?, ?, ?, ...", "SELECT * FROM t WHERE a IN (%s", "SELECT", "t")]
    [InlineData("SELECT * FROM users WHERE name = 'cut sho", "SELECT * FROM users WHERE name = %s", "SELECT", "users")]
    [InlineData("", "", null, null)]
    public void A_statement_loses_its_values_and_keeps_its_shape(string statement, string name, string? action, string? table)
    {
        SqlShape.Of(statement).ShouldBe(new(name, action, table));
    }

    [Fact]
    public void What_MySql_quotes_doubly_is_a_value()
    {
        SqlShape
            .Of("SELECT * FROM `users` WHERE name = \"ada\"", quotesAreTexts: true)
            .Text.ShouldBe("SELECT * FROM users WHERE name = %s");
    }

    [Fact]
    public void What_MySql_quotes_doubly_may_hold_a_quote()
    {
        SqlShape
            .Of("SELECT * FROM t WHERE a = \"it\\\"s\" AND b = \"x\"", quotesAreTexts: true)
            .Text.ShouldBe("SELECT * FROM t WHERE a = %s AND b = %s");
    }

    /// <summary>Frameworks load what belongs to a thousand rows with one statement; how many there were today is no shape.</summary>
    [Theory]
    [InlineData("SELECT * FROM authors WHERE id IN ({0}) ORDER BY name", "SELECT * FROM authors WHERE id IN (%s) ORDER BY name")]
    [InlineData("SELECT * FROM a WHERE x = ANY(ARRAY[{0}]) AND y = 1", "SELECT * FROM a WHERE x = ANY(array[%s]) AND y = %s")]
    [InlineData("INSERT INTO wide VALUES ({0}) RETURNING id", "INSERT INTO wide VALUES (%s) RETURNING id")]
    public void A_list_of_thousands_of_values_is_as_good_as_one_of_two(string statement, string shape)
    {
        foreach (var count in (int[])[2, 30, 40, 500, 5_000])
        {
            var values = string.Join(", ", Enumerable.Range(1, count).Select(number => $"${number}"));
            SqlShape.Of(statement.Replace("{0}", values, StringComparison.Ordinal)).Text.ShouldBe(shape, $"{count} values");
        }
    }

    [Fact]
    public void A_shape_is_its_own_shape()
    {
        string[] statements =
        [
            "SELECT * FROM users WHERE id IN (1, 2) AND at BETWEEN '2024' AND '2025'",
            "INSERT INTO a (b, c) VALUES (1, 'x'), (2, 'y')",
            "UPDATE a SET b = b + 1 WHERE c = -5",
            "SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4))",
            "UPDATE a SET b = CASE WHEN c = 1 THEN 2 WHEN c = 2 THEN 3 END",
        ];
        foreach (var statement in statements)
        {
            var shape = SqlShape.Of(statement).Text;
            SqlShape.Of(shape).Text.ShouldBe(shape);
        }
    }

    /// <summary>Whatever clients send: no exception, and work that grows with the length alone.</summary>
    [Fact]
    public void No_text_is_refused()
    {
        var random = new Random(4);
        const string letters = "abSELECT FROM'\"`[](),;:$@?%{}-*/#.=1234 \n\\é😀";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => letters[random.Next(letters.Length)]));
            Should.NotThrow(() => SqlShape.Of(text), text);
        }
    }
}
