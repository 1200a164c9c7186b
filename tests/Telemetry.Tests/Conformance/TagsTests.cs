using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

public abstract class TagsTests : StoreTests
{
    static readonly Field Key = new("tag.key");
    static readonly Field Value = new("tag.value");

    Task GivenAsync(params IReadOnlyList<EventRow> events) => ApplyAsync(Some.Batch(1, events));

    static TelemetryQuery Facets(Filter? where = null) =>
        new()
        {
            Dataset = Dataset.EventTags,
            Range = TimeRange.All,
            Select = [new("key", Key), new("value", Value), new("n", Count)],
            Where = where,
            GroupBy = [Key, Value],
            OrderBy = [new(Key, false), new(Value, false)],
        };

    async Task<IReadOnlyList<string>> SpelledAsync(TelemetryQuery query) =>
        [.. (await AskAsync(query)).Rows.Select(row => string.Join(" ", row))];

    [Fact]
    public async Task Every_tag_of_every_event_is_a_row()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Tags = """{"browser":"Chrome 130","os":"Linux"}""",
            },
            Some.Event(2) with
            {
                Tags = """{"browser":"Chrome 130"}""",
                Environment = "prod",
            }
        );

        (await SpelledAsync(Facets())).ShouldBe(["browser Chrome 130 2", "environment prod 1", "level error 2", "os Linux 1"]);
    }

    [Fact]
    public async Task Columns_that_are_tags_too_appear_under_their_names()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Environment = "prod",
                Release = "1.0",
                Dist = "7",
                User = "id:1",
                Transaction = "/a",
                Logger = "root",
                ServerName = "web-1",
                Url = "https://example.org/",
                Handled = false,
            }
        );

        (await SpelledAsync(Facets())).ShouldBe([
            "dist 7 1",
            "environment prod 1",
            "handled no 1",
            "level error 1",
            "logger root 1",
            "release 1.0 1",
            "server_name web-1 1",
            "transaction /a 1",
            "url https://example.org/ 1",
            "user id:1 1",
        ]);
    }

    [Fact]
    public async Task A_column_counts_once_even_when_the_tags_repeat_it()
    {
        await GivenAsync(Some.Event(1) with { Environment = "prod", Tags = """{"environment":"prod","level":"info"}""" });

        (await SpelledAsync(Facets())).ShouldBe(["environment prod 1", "level error 1"]);
    }

    [Fact]
    public async Task Facets_are_of_the_filtered_events_only()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                IssueId = 1,
                Tags = """{"browser":"Chrome"}""",
            },
            Some.Event(2) with
            {
                IssueId = 2,
                Tags = """{"browser":"Firefox"}""",
            }
        );
        var issue = new Filter.Compare(new Field("issue.id"), Comparison.Equal, 2L);

        (await SpelledAsync(Facets(issue))).ShouldBe(["browser Firefox 1", "level error 1"]);
        (await SpelledAsync(Facets(new Filter.And([issue, new Filter.Like(Value, "fire*")])))).ShouldBe(["browser Firefox 1"]);
        (await SpelledAsync(Facets(new Filter.And([issue, new Filter.In(Key, ["browser", "os"])])))).ShouldBe([
            "browser Firefox 1",
        ]);
    }

    [Theory]
    [InlineData("browser", "Chrome 2,Firefox 1")]
    [InlineData("level", "error 4")]
    [InlineData("handled", "no 1,yes 1")]
    [InlineData("absent", "")]
    public async Task The_values_of_one_key(string key, string expected)
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Tags = """{"browser":"Chrome"}""",
                Handled = true,
            },
            Some.Event(2) with
            {
                Tags = """{"browser":"Chrome"}""",
                Handled = false,
            },
            Some.Event(3) with
            {
                Tags = """{"browser":"Firefox"}""",
            },
            Some.Event(4)
        );

        var values = await SpelledAsync(
            Facets(new Filter.Compare(Key, Comparison.Equal, key)) with
            {
                Select = [new("value", Value), new("n", Count)],
                GroupBy = [Value],
                OrderBy = [new(Value, false)],
            }
        );

        string.Join(",", values).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a/b~c")]
    [InlineData("a b")]
    [InlineData("$.x[0]*")]
    [InlineData("Grüße 世界")]
    [InlineData("it's \"quoted\"")]
    public async Task A_tag_is_found_whatever_its_key_looks_like(string key)
    {
        var tags = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [key] = "x", ["other"] = "y" });
        await GivenAsync(Some.Event(1) with { Tags = tags }, Some.Event(2));

        (await CountAsync(new Filter.Compare(new Tag(key), Comparison.Equal, "x"))).ShouldBe(1);
        (await CountAsync(new Filter.Not(new Filter.Has(new Tag(key))))).ShouldBe(1);
        (await SpelledAsync(Facets(new Filter.Compare(Value, Comparison.Equal, "x")))).ShouldBe([$"{key} x 1"]);
    }

    [Fact]
    public async Task Tags_that_are_columns_are_read_from_the_column()
    {
        await GivenAsync(Some.Event(1) with { Environment = "prod" }, Some.Event(2) with { Tags = """{"environment":"prod"}""" });

        (await CountAsync(new Filter.Compare(new Tag("environment"), Comparison.Equal, "prod"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_tag_compared_with_a_number_is_a_number()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Tags = """{"retries":"10"}""",
            },
            Some.Event(2) with
            {
                Tags = """{"retries":"9"}""",
            },
            Some.Event(3) with
            {
                Tags = """{"retries":"many"}""",
            }
        );

        (await CountAsync(new Filter.Compare(new Tag("retries"), Comparison.Greater, 9L))).ShouldBe(1);
    }

    [Fact]
    public async Task Tags_can_be_grouped_by()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Tags = """{"os":"Linux"}""",
            },
            Some.Event(2) with
            {
                Tags = """{"os":"Linux"}""",
            },
            Some.Event(3)
        );
        var os = new Tag("os");

        (
            await SpelledAsync(
                Some.Query() with
                {
                    Select = [new("os", os), new("n", Count)],
                    GroupBy = [os],
                    OrderBy = [new(Count, true)],
                }
            )
        ).ShouldBe(["Linux 2", " 1"]);
    }

    [Fact]
    public async Task Users_of_a_tags_value_are_counted()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Tags = """{"os":"Linux"}""",
                User = "id:1",
                Timestamp = 5,
            },
            Some.Event(2) with
            {
                Tags = """{"os":"Linux"}""",
                User = "id:1",
                Timestamp = 6,
            },
            Some.Event(3) with
            {
                Tags = """{"os":"Linux"}""",
                User = "id:2",
                Timestamp = 7,
            }
        );

        var result = await AskAsync(
            Facets(new Filter.Compare(Key, Comparison.Equal, "os")) with
            {
                Select =
                [
                    new("value", Value),
                    new("users", new Aggregate(AggregateKind.CountDistinct, new Field("user"))),
                    new("last", new Aggregate(AggregateKind.Max, new Field("timestamp"))),
                ],
                GroupBy = [Value],
                OrderBy = [],
            }
        );

        result.Rows.Single().ShouldBe(["Linux", 2L, 7L]);
    }

    [Fact]
    public async Task Broken_tags_cost_only_themselves()
    {
        await GivenAsync(Some.Event(1) with { Tags = "{not json" }, Some.Event(2) with { Tags = """{"os":"Linux"}""" });

        (await SpelledAsync(Facets())).ShouldBe(["level error 2", "os Linux 1"]);
        (await CountAsync(new Filter.Has(new Tag("os")))).ShouldBe(1);
    }
}
