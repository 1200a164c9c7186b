using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

public abstract class QueryingTests : StoreTests
{
    static readonly Expression Timestamp = new Field("timestamp");

    Task GivenAsync(params IReadOnlyList<EventRow> events) => ApplyAsync(Some.Batch(1, events));

    async Task<IReadOnlyList<object?>> ColumnAsync(TelemetryQuery query) =>
        [.. (await AskAsync(query)).Rows.Select(row => row[0])];

    async Task<IReadOnlyList<object?>> IdsAsync(Filter where) =>
        await ColumnAsync(Some.Query("id") with { Where = where, OrderBy = [new(new Field("id"), false)] });

    [Fact]
    public async Task The_range_is_half_open()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Timestamp = 1_000,
            },
            Some.Event(2) with
            {
                Timestamp = 2_000,
            },
            Some.Event(3) with
            {
                Timestamp = 3_000,
            }
        );

        (await ColumnAsync(Some.Query("id") with { Range = new(1_000, 3_000), OrderBy = [new(Timestamp, true)] })).ShouldBe([
            (UInt128)2,
            (UInt128)1,
        ]);
    }

    [Fact]
    public async Task A_late_event_is_found_by_its_own_time()
    {
        var old = Some.TimeOf(Some.Day.AddDays(-20), TimeSpan.Zero);
        await ApplyAsync(new TelemetryBatch(1, Some.Day) { Events = [Some.Event(1) with { Timestamp = old }] });
        await ApplyAsync(new TelemetryBatch(2, Some.Day.AddDays(1)) { Events = [Some.Event(2)] });
        await ReopenAsync();

        (await ColumnAsync(Some.Query("id") with { Range = new(old, old + 1) })).ShouldBe([(UInt128)1]);
    }

    [Fact]
    public async Task Combinations_of_values_are_found_as_they_stand_together()
    {
        Field project = new("project.id");
        Field title = new("title");
        await GivenAsync([
            .. from of in new[] { 1, 2, 3 }
            from name in new[] { 1, 2 }
            select Some.Event((UInt128)((10 * of) + name)) with
            {
                ProjectId = of,
                Title = $"'{name}'",
            },
        ]);

        var found = await IdsAsync(
            new Filter.OneOf(
                [project, title],
                [
                    [1L, "'1'"],
                    [2L, "'2'"],
                    [4L, "'1'"],
                ]
            )
        );

        found.ShouldBe([(UInt128)11, (UInt128)22]);
        (
            await IdsAsync(
                new Filter.Not(
                    new Filter.OneOf(
                        [project, title],
                        [
                            [1L, "'1'"],
                            [2L, "'2'"],
                            [3L, "'1'"],
                        ]
                    )
                )
            )
        ).ShouldBe([(UInt128)12, (UInt128)21, (UInt128)32]);
        (await IdsAsync(new Filter.OneOf([project, title], []))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_given_projects_are_read()
    {
        await GivenAsync(Some.Event(1), Some.Event(2) with { ProjectId = 2 }, Some.Event(3) with { ProjectId = 3 });

        (
            await ColumnAsync(
                Some.Query("project.id") with
                {
                    Projects = [1, 3],
                    OrderBy = [new(new Field("project.id"), false)],
                }
            )
        ).ShouldBe([1L, 3L]);
    }

    [Fact]
    public async Task Days_are_one_table()
    {
        for (var day = 0; day < 3; day++)
        {
            await ApplyAsync(new TelemetryBatch(day + 1, Some.Day.AddDays(day)) { Events = Some.Events(2, (UInt128)day * 10) });
        }

        var result = await AskAsync(Some.Query("id") with { OrderBy = [new(new Field("id"), true)], Limit = 3, Offset = 1 });

        result.Partial.ShouldBeFalse();
        result.Rows.Select(row => row[0]).ShouldBe([(UInt128)20, (UInt128)11, (UInt128)10]);
    }

    [Fact]
    public async Task Values_are_compared_in_their_own_type()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                IssueId = 9,
                Handled = true,
                TraceId = 16,
                SpanId = 255,
            },
            Some.Event(2) with
            {
                IssueId = 10,
                Handled = false,
            }
        );

        (await IdsAsync(new Filter.Compare(new Field("issue.id"), Comparison.Greater, "9"))).ShouldBe([(UInt128)2]);
        (await IdsAsync(new Filter.Compare(new Field("error.handled"), Comparison.Equal, true))).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.Compare(new Field("handled"), Comparison.Equal, "no"))).ShouldBe([(UInt128)2]);
        (
            await IdsAsync(new Filter.Compare(new Field("trace"), Comparison.Equal, "00000000-0000-0000-0000-000000000010"))
        ).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.Compare(new Field("span"), Comparison.Equal, "00000000000000ff"))).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.In(new Field("id"), ["00000000000000000000000000000002", (UInt128)7]))).ShouldBe([(UInt128)2]);
    }

    [Fact]
    public async Task Negation_includes_what_has_no_value()
    {
        await GivenAsync(Some.Event(1) with { Environment = "prod" }, Some.Event(2) with { Environment = "test" }, Some.Event(3));
        var isProd = new Filter.Compare(new Field("environment"), Comparison.Equal, "prod");

        (await IdsAsync(isProd)).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.Not(isProd))).ShouldBe([(UInt128)2, (UInt128)3]);
        (await IdsAsync(new Filter.Not(new Filter.Not(isProd)))).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.Compare(new Field("environment"), Comparison.NotEqual, "prod"))).ShouldBe([(UInt128)2]);
        (await IdsAsync(new Filter.Not(new Filter.Has(new Field("environment"))))).ShouldBe([(UInt128)3]);
    }

    [Theory]
    [InlineData("*timeout*", 1, 2)]
    [InlineData("TIMEOUT*", 1)]
    [InlineData("*100%*", 2)]
    [InlineData("a_b", 3)]
    [InlineData(@"*\**", 4)]
    [InlineData(@"C:\\*", 5)]
    [InlineData("*")]
    public async Task Wildcards_mean_stars_and_nothing_else(string pattern, params int[] found)
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Message = "Timeout at 100 per cent",
            },
            Some.Event(2) with
            {
                Message = "a timeout of 100%",
            },
            Some.Event(3) with
            {
                Message = "a_b",
            },
            Some.Event(4) with
            {
                Message = "two * three axb",
            },
            Some.Event(5) with
            {
                Message = @"C:\dir",
            },
            Some.Event(6)
        );
        var expected = found.Length == 0 ? [1, 2, 3, 4, 5] : found;

        (await IdsAsync(new Filter.Like(new Field("message"), pattern))).ShouldBe(expected.Select(id => (object?)(UInt128)id));
    }

    [Fact]
    public async Task Text_of_users_is_never_part_of_the_statement()
    {
        const string Nasty = "'; DROP TABLE events; --\\\"${x}%_*";
        await GivenAsync(
            Some.Event(1) with
            {
                Environment = Nasty,
                Tags =
                    $$"""{{{System.Text.Json.JsonSerializer.Serialize(Nasty)}}:{{System.Text.Json.JsonSerializer.Serialize(Nasty)}}}""",
            },
            Some.Event(2)
        );

        (await IdsAsync(new Filter.Compare(new Field("environment"), Comparison.Equal, Nasty))).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.Compare(new Tag(Nasty), Comparison.Equal, Nasty))).ShouldBe([(UInt128)1]);
        (await IdsAsync(new Filter.Like(new Tag(Nasty), "*drop table*"))).ShouldBe([(UInt128)1]);
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Constant_conditions_hold_or_do_not()
    {
        await GivenAsync(Some.Event(1));

        (await CountAsync(new Filter.And([]))).ShouldBe(1);
        (await CountAsync(new Filter.Or([]))).ShouldBe(0);
        (await CountAsync(new Filter.Not(new Filter.Or([])))).ShouldBe(1);
        (await CountAsync(new Filter.In(new Field("id"), []))).ShouldBe(0);
        (await CountAsync(new Filter.Or([new Filter.Has(new Field("user")), new Filter.And([])]))).ShouldBe(1);
    }

    [Fact]
    public async Task Groups_are_counted_and_ordered()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                IssueId = 1,
                User = "id:1",
            },
            Some.Event(2) with
            {
                IssueId = 2,
                User = "id:1",
            },
            Some.Event(3) with
            {
                IssueId = 2,
                User = "id:2",
            },
            Some.Event(4) with
            {
                IssueId = 2,
                User = "id:2",
            }
        );

        var result = await AskAsync(
            Some.Query() with
            {
                Select =
                [
                    new("issue", new Field("issue.id")),
                    new("events", Count),
                    new("users", new Aggregate(AggregateKind.CountDistinct, new Field("user"))),
                ],
                GroupBy = [new Field("issue.id")],
                OrderBy = [new(Count, true)],
            }
        );

        result.Columns.ShouldBe(["issue", "events", "users"]);
        result.Rows[0].ShouldBe([2L, 3L, 2L]);
        result.Rows[1].ShouldBe([1L, 1L, 1L]);
    }

    [Fact]
    public async Task Time_is_cut_into_buckets()
    {
        const long Hour = 3_600_000_000;
        await GivenAsync(
            Some.Event(1) with
            {
                Timestamp = 10 * Hour,
            },
            Some.Event(2) with
            {
                Timestamp = 11 * Hour - 1,
            },
            Some.Event(3) with
            {
                Timestamp = 11 * Hour,
            },
            Some.Event(4) with
            {
                Timestamp = -1,
            }
        );
        var bucket = new Bucket(TimeSpan.FromHours(1));

        var result = await AskAsync(
            Some.Query() with
            {
                Range = new(-Hour, long.MaxValue),
                Select = [new("time", bucket), new("n", Count)],
                GroupBy = [bucket],
                OrderBy = [new(bucket, false)],
            }
        );

        result.Rows.Select(row => (row[0], row[1])).ShouldBe([(-Hour, 1L), (10 * Hour, 2L), (11 * Hour, 1L)]);
    }

    [Fact]
    public async Task The_row_of_the_latest_time_is_named()
    {
        await GivenAsync(
            Some.Event(1) with
            {
                Timestamp = 5,
            },
            Some.Event(2) with
            {
                Timestamp = 9,
            },
            Some.Event(3) with
            {
                Timestamp = 7,
            }
        );

        var result = await AskAsync(
            Some.Query() with
            {
                Select =
                [
                    new("last", new Arg(true, new Field("id"), Timestamp)),
                    new("first", new Arg(false, new Field("id"), Timestamp)),
                ],
            }
        );

        result.Rows.Single().ShouldBe([(UInt128)2, (UInt128)1]);
    }

    [Fact]
    public async Task Aggregates_of_nothing()
    {
        var result = await AskAsync(
            Some.Query() with
            {
                Select =
                [
                    new("n", Count),
                    new("max", new Aggregate(AggregateKind.Max, Timestamp)),
                    new("sum", new Aggregate(AggregateKind.Sum, new Field("payload.length"))),
                    new("avg", new Aggregate(AggregateKind.Avg, new Field("payload.length"))),
                ],
            }
        );

        result.Rows.Single().ShouldBe([0L, null, null, null]);
    }

    [Fact]
    public async Task Sums_and_averages()
    {
        await GivenAsync(Some.Event(1) with { Length = 1 }, Some.Event(2) with { Length = 4 });

        var result = await AskAsync(
            Some.Query() with
            {
                Select =
                [
                    new("sum", new Aggregate(AggregateKind.Sum, new Field("payload.length"))),
                    new("avg", new Aggregate(AggregateKind.Avg, new Field("payload.length"))),
                    new("min", new Aggregate(AggregateKind.Min, new Field("payload.length"))),
                ],
            }
        );

        result.Rows.Single().ShouldBe([5L, 2.5, 1L]);
    }

    [Fact]
    public async Task An_unknown_field_is_named()
    {
        var refused = await Should.ThrowAsync<TelemetryQueryException>(() => AskAsync(Some.Query("no.such.field")));

        refused.Message.ShouldContain("no.such.field");
    }

    [Fact]
    public async Task Malformed_queries_are_refused_with_a_reason()
    {
        TelemetryQuery[] malformed =
        [
            Some.Query(),
            Some.Query("id") with
            {
                Limit = 0,
            },
            Some.Query("id") with
            {
                Offset = -1,
            },
            Some.Query("id") with
            {
                Select = [new("id", new Field("id")), new("n", Count)],
            },
            Some.Query("id") with
            {
                Select = [new("sum", new Aggregate(AggregateKind.Sum, new Field("title")))],
            },
            Some.Query("id") with
            {
                Select = [new("max", new Aggregate(AggregateKind.Max))],
            },
            Some.Query("id") with
            {
                GroupBy = [Count],
            },
            Some.Query("id") with
            {
                Select = [new("b", new Bucket(TimeSpan.Zero))],
            },
            Some.Query("id") with
            {
                Where = new Filter.Compare(new Field("issue.id"), Comparison.Equal, "seven"),
            },
            Some.Query("tag.key"),
        ];

        foreach (var query in malformed)
        {
            (await Should.ThrowAsync<TelemetryQueryException>(() => AskAsync(query))).Message.ShouldEndWith(".");
        }
    }

    [Fact]
    public async Task What_takes_longer_than_its_budget_is_partial()
    {
        await GivenAsync(Some.Events(100_000));
        var slow = new Filter.Or([
            .. Enumerable.Range(0, 40).Select(number => new Filter.Like(new Field("title"), $"*a*b*{number}*")),
        ]);

        var result = await AskAsync(Some.Count(slow) with { Budget = TimeSpan.FromMilliseconds(5) });

        result.Partial.ShouldBeTrue();
        result.Rows.ShouldBeEmpty();
        (await CountAsync()).ShouldBe(100_000, "the store goes on answering");
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_ends()
    {
        await GivenAsync(Some.Events(100_000));
        var slow = new Filter.Or([
            .. Enumerable.Range(0, 800).Select(number => new Filter.Like(new Field("title"), $"*a*b*{number}*")),
        ]);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        leaving.CancelAfter(5);

        await Should.ThrowAsync<OperationCanceledException>(() => Store.QueryAsync(Some.Count(slow), leaving.Token));
    }
}
