using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Query;

/// <summary>What DuckDB is asked, word for word; one approved file per question.</summary>
public class SqlWriterTests
{
    static readonly Field Timestamp = new("timestamp");
    static readonly Field Release = new("release");
    static readonly Field Issue = new("issue.id");

    static readonly TelemetryQuery Events = new()
    {
        Dataset = Dataset.Events,
        Range = new(1_000, 2_000),
        Projects = [1, 2],
        Select = [new("id", new Field("id")), new("title", new Field("title"))],
    };

    static readonly Field Duration = new("span.duration");
    static readonly Filter Failed = new Filter.Compare(new Field("span.failed"), Comparison.Equal, true);

    static readonly TelemetryQuery Transactions = new()
    {
        Dataset = Dataset.Spans,
        Range = new(1_000, 2_000),
        Projects = [1],
        Select =
        [
            new("transaction", new Field("transaction")),
            new("n", Count),
            new("p50", new Quantile(Duration, 0.5)),
            new("p95", new Quantile(Duration, 0.95)),
            new("failure_rate", CountIf(Failed) / Count),
            new("users", Distinct(new Field("user"))),
        ],
        Where = new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true),
        GroupBy = [new Field("transaction")],
        Having = new Filter.Compare(Count, Comparison.Greater, 10L),
        OrderBy = [new(new Quantile(Duration, 0.95), true)],
    };

    public static TheoryData<string, TelemetryQuery, string[]> Questions =>
        new()
        {
            { "events of one day", Events with { OrderBy = [new(Timestamp, true)], Limit = 10, Offset = 20 }, ["d20261120"] },
            { "events of three days", Events, ["d20261118", "d20261119", "d20261120"] },
            {
                "a bare count of everything",
                Events with
                {
                    Projects = [],
                    Range = TimeRange.All,
                    Select = [new("n", Count)],
                },
                ["d20261119", "d20261120"]
            },
            {
                "counts and users per issue",
                Events with
                {
                    Select =
                    [
                        new("issue", Issue),
                        new("n", Count),
                        new("users", new Aggregate(AggregateKind.CountDistinct, new Field("user"))),
                    ],
                    GroupBy = [Issue],
                    OrderBy = [new(Count, true)],
                },
                ["d20261120"]
            },
            {
                "merged issues are read as what they are shown as",
                Events with
                {
                    Merged = new Dictionary<long, long>
                    {
                        [5] = 2,
                        [7] = 3,
                        [4] = 2,
                    },
                    Select =
                    [
                        new("issue", Issue),
                        new("n", Count),
                        new("second", CountIf(new Filter.Compare(Issue, Comparison.Equal, 2L))),
                    ],
                    Where = new Filter.Not(new Filter.In(Issue, [7L, 9L])),
                    GroupBy = [Issue],
                    OrderBy = [new(Count, true), new(Issue, false)],
                },
                ["d20261120"]
            },
            {
                "a histogram of an issue",
                Events with
                {
                    Where = new Filter.Compare(Issue, Comparison.Equal, 42L),
                    Select = [new("time", new Bucket(TimeSpan.FromHours(1))), new("n", Count)],
                    GroupBy = [new Bucket(TimeSpan.FromHours(1))],
                },
                ["d20261120"]
            },
            {
                "every kind of condition",
                Events with
                {
                    Where = new Filter.And([
                        new Filter.Not(new Filter.Compare(Release, Comparison.Equal, "1.0")),
                        new Filter.Or([
                            new Filter.Like(new Field("message"), "*time out*"),
                            new Filter.Has(new Field("error.handled")),
                        ]),
                        new Filter.In(new Field("level"), ["error", "fatal"]),
                        new Filter.Compare(new Tag("browser"), Comparison.NotEqual, "Chrome"),
                        new Filter.Compare(new Tag("retries"), Comparison.Greater, 5L),
                        new Filter.And([]),
                    ]),
                },
                ["d20261120"]
            },
            {
                "a usual tag is its column",
                Events with
                {
                    Where = new Filter.Compare(new Tag("release"), Comparison.Equal, "1.0"),
                },
                ["d20261120"]
            },
            {
                "a tag twice is one parameter",
                Events with
                {
                    Select = [new("os", new Tag("os")), new("n", Count)],
                    GroupBy = [new Tag("os")],
                    OrderBy = [new(new Tag("os"), false)],
                },
                ["d20261120"]
            },
            {
                "facets of an issue",
                Events with
                {
                    Dataset = Dataset.EventTags,
                    Where = new Filter.Compare(Issue, Comparison.Equal, 42L),
                    Select = [new("key", new Field("tag.key")), new("value", new Field("tag.value")), new("n", Count)],
                    GroupBy = [new Field("tag.key"), new Field("tag.value")],
                },
                ["d20261120"]
            },
            {
                "values of one tag",
                Events with
                {
                    Dataset = Dataset.EventTags,
                    Where = new Filter.And([
                        new Filter.Compare(Issue, Comparison.Equal, 42L),
                        new Filter.Compare(new Field("tag.key"), Comparison.Equal, "browser"),
                        new Filter.Like(new Field("tag.value"), "chr*"),
                    ]),
                    Select = [new("value", new Field("tag.value")), new("n", Count)],
                    GroupBy = [new Field("tag.value")],
                },
                ["d20261120"]
            },
            {
                "the latest event of an issue",
                Events with
                {
                    Select = [new("last", new Arg(true, new Field("id"), Timestamp))],
                    Where = new Filter.Compare(Issue, Comparison.Equal, 42L),
                },
                ["d20261120"]
            },
            {
                "outcomes by reason",
                Events with
                {
                    Dataset = Dataset.Outcomes,
                    Select =
                    [
                        new("outcome", new Field("outcome")),
                        new("reason", new Field("reason")),
                        new("n", new Aggregate(AggregateKind.Sum, new Field("quantity"))),
                    ],
                    GroupBy = [new Field("outcome"), new Field("reason")],
                },
                ["d20261119", "d20261120"]
            },
            { "transactions by their slowest", Transactions, ["d20261119", "d20261120"] },
            {
                "a measurement and a number in an attribute",
                Transactions with
                {
                    Select =
                    [
                        new("frames", new Aggregate(AggregateKind.Avg, new Measurement("frames/slow"))),
                        new("lcp", new Aggregate(AggregateKind.Max, new Measurement("lcp"))),
                        new("size", new Aggregate(AggregateKind.Sum, new Number(new Tag("cart.size")))),
                    ],
                    GroupBy = [],
                    Having = null,
                    OrderBy = [],
                },
                ["d20261120"]
            },
            { "nothing can match", Events with { Where = new Filter.In(Issue, []) }, ["d20261120"] },
        };

    [Theory]
    [MemberData(nameof(Questions))]
    public void The_statement_is_the_approved_one(string name, TelemetryQuery query, string[] catalogs)
    {
        Approve(SqlWriter.Write(query, catalogs), name);
    }

    [Fact]
    public void Rows_that_stand_for_several_are_weighted() =>
        Approve(SqlWriter.Write(Transactions, ["d20261120"], new RowTraits(Weighted: true)), "transactions of weighted rows");

    [Fact]
    public void Groups_are_counted_before_a_part_of_them_is_chosen()
    {
        var timeLost = Count * (new Quantile(Duration, 0.95) - new Quantile(Duration, 0.5));
        Approve(
            SqlWriter.Write(
                Transactions with
                {
                    OrderBy = [new(timeLost, true), new(Count, true)],
                    CountsGroups = true,
                },
                ["d20261120"],
                new RowTraits(Weighted: true)
            ),
            "some of the transactions, and how many there are"
        );
    }

    [Fact]
    public void Where_memory_is_short_quantiles_are_sketched() =>
        Approve(SqlWriter.Write(Transactions, ["d20261120"], new RowTraits(Frugal: true)), "transactions in little memory");

    static void Approve(SqlStatement sql, string name)
    {
        var parameters = sql.Parameters.Select(
            (value, index) => FormattableString.Invariant($"-- ${index + 1} = {value} ({value.GetType().Name})\n")
        );
        Approved.Match($"{sql.Text}\n{string.Concat(parameters)}", name);
    }
}
