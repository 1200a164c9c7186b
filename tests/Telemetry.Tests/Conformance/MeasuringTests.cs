using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

/// <summary>Aggregates over spans: what they are of whole rows, and of rows that stand for several.</summary>
public abstract class MeasuringTests : StoreTests
{
    static readonly Expression Duration = new Field("span.duration");
    static readonly Expression Op = new Field("span.op");
    static readonly Filter Failed = new Filter.Compare(new Field("span.failed"), Comparison.Equal, true);

    Task GivenAsync(params IReadOnlyList<SpanRow> spans) => ApplyAsync(new(1, Some.Day) { Spans = spans });

    static TelemetryQuery Asking(params IReadOnlyList<Expression> select) =>
        new()
        {
            Dataset = Dataset.Spans,
            Range = TimeRange.All,
            Select = [.. select.Select((expression, at) => new Selected($"c{at}", expression))],
        };

    async Task<IReadOnlyList<object?>> RowAsync(params IReadOnlyList<Expression> select) =>
        (await AskAsync(Asking(select))).Rows.ShouldHaveSingleItem();

    /// <summary>Durations of 1 to 1000 milliseconds in no order.</summary>
    static IReadOnlyList<SpanRow> Thousand(double weight = 1) =>
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(at => Some.Span(at) with { Duration = (at * 7919 % 1000 + 1) * 1000L, Weight = weight }),
        ];

    [Fact]
    public async Task Quantiles_are_exact_and_may_be_of_some_rows_only()
    {
        await GivenAsync([
            .. Thousand(),
            .. Thousand().Select(span => span with { Failed = true, Duration = span.Duration * 10 }),
        ]);

        var ok = new Filter.Not(Failed);
        (
            await RowAsync(
                new Quantile(Duration, 0.5) { If = ok },
                new Quantile(Duration, 0.95) { If = ok },
                new Quantile(Duration, 1) { If = ok },
                new Quantile(Duration, 0) { If = ok },
                new Quantile(Duration, 0.5) { If = Failed }
            )
        ).ShouldBe([500.5, 950.05, 1000.0, 1.0, 5005.0]);
    }

    [Fact]
    public async Task What_is_beyond_all_numbers_is_null()
    {
        Expression lcp = new Field("measurements.lcp");
        await GivenAsync([.. Enumerable.Range(0, 3).Select(at => Some.Span(at) with { Lcp = 1.7e308 })]);

        var row = await RowAsync(
            new Aggregate(AggregateKind.Sum, lcp),
            new Aggregate(AggregateKind.Avg, lcp),
            new Aggregate(AggregateKind.Max, lcp)
        );

        row.ShouldBe([null, null, 1.7e308]);
    }

    [Fact]
    public async Task Logarithms_powers_and_floors_are_null_where_there_is_nothing_to_take_them_of()
    {
        Expression lcp = new Field("measurements.lcp");
        Expression[] asked =
        [
            new Applied(Function.Ln, lcp),
            new Applied(Function.Exp, lcp),
            new Applied(Function.Floor, lcp / 2),
        ];
        await GivenAsync([
            .. new double?[] { 1, 2.5, 0, -1, 5000, null }.Select(
                (value, at) => Some.Span(at) with { Lcp = value, Timestamp = at }
            ),
        ]);

        var rows = (await AskAsync(Asking(asked) with { OrderBy = [new(new Field("timestamp"), false)] })).Rows;

        rows[0].ShouldBe([0.0, Math.E, 0.0]);
        rows[1].ShouldBe([Math.Log(2.5), Math.Exp(2.5), 1.0]);
        rows[2].ShouldBe([null, 1.0, 0.0]);
        rows[3].ShouldBe([null, Math.Exp(-1), -1.0]);
        rows[4].ShouldBe([Math.Log(5000), 1e300, 2500.0]);
        rows[5].ShouldBe([null, null, null]);
    }

    [Fact]
    public async Task A_choice_between_texts_is_a_text_to_group_by()
    {
        Expression old = new Tag("old");
        Expression name = new Choice(new Filter.Has(old), old, new Tag("new"));
        await GivenAsync([
            .. new[] { """{"old":"h1"}""", """{"new":"h1"}""", """{"new":"img","old":"p"}""", "{}" }.Select(
                (attributes, at) => Some.Span(at) with { Attributes = attributes }
            ),
        ]);

        var grouped = Asking(name, Count) with { GroupBy = [name], Where = new Filter.Has(name), OrderBy = [new(name, false)] };
        (await AskAsync(grouped)).Rows.ShouldBe([
            ["h1", 2L],
            ["p", 1L],
        ]);
        (await AskAsync(grouped with { Where = new Filter.Like(name, "h*") })).Rows.ShouldBe([
            ["h1", 2L],
        ]);
    }

    [Fact]
    public async Task A_choice_is_made_by_each_row()
    {
        Expression lcp = new Field("measurements.lcp");
        Expression halved = new Choice(new Filter.Compare(new Field("device.class"), Comparison.Equal, "mobile"), lcp / 2, lcp);
        await GivenAsync(
            Some.Span(1) with
            {
                Lcp = 10,
                Device = "mobile",
            },
            Some.Span(2) with
            {
                Lcp = 20,
                Device = "desktop",
            },
            Some.Span(3) with
            {
                Lcp = 40,
            },
            Some.Span(4) with
            {
                Device = "mobile",
            }
        );

        (
            await RowAsync(
                new Aggregate(AggregateKind.Sum, halved),
                new Quantile(halved, 0),
                CountIf(new Filter.Compare(halved, Comparison.LessOrEqual, 20.0)),
                new Aggregate(AggregateKind.Count, halved)
            )
        ).ShouldBe([65.0, 5.0, 2L, 3L]);
        (await AskAsync(Asking(halved) with { OrderBy = [new(halved, true)], Where = new Filter.Has(halved) }))
            .Rows.Select(row => row[0])
            .ShouldBe([40.0, 20.0, 5.0]);
    }

    [Fact]
    public async Task Quantiles_of_nothing_are_null() =>
        (await RowAsync(new Quantile(Duration, 0.5), Count)).ShouldBe([null, 0L]);

    [Fact]
    public async Task Conditions_choose_what_an_aggregate_counts()
    {
        await GivenAsync(
            Some.Span(1) with
            {
                User = "id:1",
                Failed = true,
            },
            Some.Span(2) with
            {
                User = "id:1",
                Failed = true,
                Duration = 1_000,
            },
            Some.Span(3) with
            {
                User = "id:2",
                Duration = 2_000,
            }
        );

        (
            await RowAsync(
                CountIf(Failed),
                Distinct(new Field("user"), Failed),
                new Aggregate(AggregateKind.Sum, Duration) { If = new Filter.Not(Failed) },
                new Aggregate(AggregateKind.Any, new Field("user")) { If = new Filter.Not(Failed) }
            )
        ).ShouldBe([2L, 1L, 2.0, "id:2"]);
    }

    [Fact]
    public async Task Aggregates_are_reckoned_with_and_a_division_by_zero_is_null()
    {
        await GivenAsync(Some.Span(1), Some.Span(2) with { Failed = true }, Some.Span(3), Some.Span(4));

        (await RowAsync(CountIf(Failed) / Count, (Count + 2.25) * 3 - 1, Count / CountIf(new Filter.Or([])))).ShouldBe([
            0.25,
            17.75,
            null,
        ]);
    }

    [Fact]
    public async Task Groups_are_chosen_by_their_aggregates()
    {
        await GivenAsync(
            Some.Span(1) with
            {
                Op = "db",
                Duration = 1_000,
            },
            Some.Span(2) with
            {
                Op = "db",
                Duration = 3_000,
            },
            Some.Span(3) with
            {
                Op = "http",
                Duration = 9_000,
            },
            Some.Span(4) with
            {
                Op = "ui",
                Duration = 500,
            }
        );

        var p50 = new Quantile(Duration, 0.5);
        var query = Asking(Op, p50) with
        {
            GroupBy = [Op],
            Having = new Filter.Or([
                new Filter.Compare(p50, Comparison.Greater, 8L),
                new Filter.Compare(Count, Comparison.GreaterOrEqual, 2.0),
            ]),
            OrderBy = [new(p50, true)],
        };
        (await AskAsync(query)).Rows.ShouldBe([
            ["http", 9.0],
            ["db", 2.0],
        ]);
    }

    [Fact]
    public async Task Measurements_and_numbers_in_attributes_are_numbers()
    {
        await GivenAsync(
            Some.Span(1) with
            {
                Measurements = """{"frames":{"value":30,"unit":"none"},"a/b":{"value":2.5}}""",
                Attributes = """{"cart.size":"12","nothing":"x"}""",
                Lcp = 100,
            },
            Some.Span(2)
        );

        (
            await RowAsync(
                new Aggregate(AggregateKind.Max, new Measurement("frames")),
                new Aggregate(AggregateKind.Max, new Measurement("a/b")),
                new Aggregate(AggregateKind.Avg, new Measurement("lcp")),
                new Aggregate(AggregateKind.Sum, new Number(new Tag("cart.size"))),
                new Aggregate(AggregateKind.Max, new Number(new Tag("nothing"))),
                new Aggregate(AggregateKind.Count, new Measurement("frames"))
            )
        ).ShouldBe([30.0, 2.5, 100.0, 12.0, null, 1L]);
    }

    [Fact]
    public async Task Rows_that_stand_for_several_count_as_many_and_the_answer_says_so()
    {
        await GivenAsync(
            Some.Span(1) with
            {
                Duration = 1_000,
                Weight = 2.5,
            },
            Some.Span(2) with
            {
                Duration = 3_000,
                Weight = 1.5,
                Failed = true,
                HttpStatus = 500,
            }
        );
        await ReopenAsync();

        var result = await AskAsync(
            Asking(
                Count,
                CountIf(Failed) / Count,
                new Aggregate(AggregateKind.Sum, Duration),
                new Aggregate(AggregateKind.Avg, Duration),
                new Aggregate(AggregateKind.Avg, new Field("http.status_code")),
                new Aggregate(AggregateKind.Count, new Field("http.status_code")),
                new Aggregate(AggregateKind.Max, Duration)
            )
        );
        result.Rows.ShouldHaveSingleItem().ShouldBe([4L, 0.375, 7.0, 1.75, 500.0, 2L, 3.0]);
        result.Sampled.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_without_such_rows_is_not_sampled()
    {
        await GivenAsync(Some.Span(1) with { Op = "db" }, Some.Span(2) with { Weight = 4 });

        var result = await AskAsync(Asking(Count) with { Where = new Filter.Compare(Op, Comparison.Equal, "db") });

        result.Rows.ShouldBe([
            [1L],
        ]);
        result.Sampled.ShouldBeFalse();
        (await AskAsync(Asking(Count))).Sampled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.75)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public async Task Quantiles_of_weighted_rows_are_within_one_percent(double share)
    {
        // The slow half stands for three times as many: of 2000, 500 lie up to 500 ms and 1500 above.
        await GivenAsync([.. Thousand().Select(span => span with { Weight = span.Duration > 500_000 ? 3 : 1 })]);

        var exact = 2000 * share is var rank && rank <= 500 ? rank : 500 + (rank - 500) / 3;
        var found = (double)(await RowAsync(new Quantile(Duration, share)))[0]!;
        (Math.Abs(found - exact) / exact).ShouldBeLessThan(0.01, $"{found} instead of {exact}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(10_079)]
    [InlineData(999_999)]
    [InlineData(86_400_000_000)]
    public async Task Quantiles_of_equal_weighted_rows_are_all_that_value(long duration)
    {
        await GivenAsync([.. Enumerable.Range(0, 9).Select(at => Some.Span(at) with { Duration = duration, Weight = 1.5 })]);

        var row = await RowAsync(new Quantile(Duration, 0), new Quantile(Duration, 0.5), new Quantile(Duration, 1));
        foreach (var found in row.Cast<double>())
        {
            found.ShouldBeInRange(duration / 1000.0 * 0.99, duration / 1000.0 * 1.01);
        }
    }

    [Fact]
    public async Task Weighted_quantiles_of_many_groups_are_each_their_own()
    {
        await GivenAsync([
            .. Enumerable
                .Range(0, 6000)
                .Select(at => Some.Span(at) with { Op = $"op{at % 600}", Duration = (at % 600 + 1) * 1_000_000L, Weight = 2 }),
        ]);

        var result = await AskAsync(Asking(Op, new Quantile(Duration, 0.5)) with { GroupBy = [Op], Limit = 1000 });

        result.Rows.Count.ShouldBe(600);
        foreach (var row in result.Rows)
        {
            var exact = (int.Parse(((string)row[0]!)[2..], null) + 1) * 1000.0;
            ((double)row[1]!).ShouldBeInRange(exact * 0.99, exact * 1.01);
        }
    }

    [Fact]
    public async Task What_is_no_number_has_no_quantile_and_no_sum()
    {
        await Should.ThrowAsync<TelemetryQueryException>(RowAsync(new Quantile(Op, 0.5)));
        await Should.ThrowAsync<TelemetryQueryException>(RowAsync(new Aggregate(AggregateKind.Sum, Op)));
        await Should.ThrowAsync<TelemetryQueryException>(RowAsync(new Aggregate(AggregateKind.Sum, Count)));
        await Should.ThrowAsync<TelemetryQueryException>(RowAsync(new Choice(Failed, Count, Duration)));
        await Should.ThrowAsync<TelemetryQueryException>(AskAsync(Asking(new Choice(Failed, Op, Duration))));
        await Should.ThrowAsync<TelemetryQueryException>(AskAsync(Asking(new Choice(Failed, Duration, Op))));
        await Should.ThrowAsync<TelemetryQueryException>(AskAsync(Asking(Count) with { Where = new Filter.Has(Count) }));
        await Should.ThrowAsync<TelemetryQueryException>(AskAsync(Asking(Op) with { Having = new Filter.Has(Op) }));
    }
}
