using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.DuckDb;

public sealed class RunSumsTests() : StepSumsTests("runs", quantileError: 0.01)
{
    static readonly Field User = new("user");

    protected override IReadOnlyList<Expression> Keys { get; } = [new Field("project.id"), new Field("transaction")];

    protected override Filter Where { get; } = new Filter.And([IsSegment, new Filter.Has(new Field("transaction"))]);

    protected override IReadOnlyList<Selected> Exact { get; } =
    [
        new("count", Count),
        new("failed", CountIf(Failed) / Count),
        new("satisfied", CountIf(new Filter.Compare(Duration, Comparison.LessOrEqual, 300.0))),
        new(
            "borne",
            CountIf(
                new Filter.And([
                    new Filter.Compare(Duration, Comparison.Greater, 300.0),
                    new Filter.Compare(Duration, Comparison.LessOrEqual, 1200.0),
                ])
            )
        ),
        new("users", Distinct(User)),
        new("miserable", Distinct(User, new Filter.Compare(Duration, Comparison.Greater, 1200.0))),
    ];

    protected override SpanRow Span(DateOnly day, int number, double weight) =>
        Some.Span(number) with
        {
            Timestamp = Some.TimeOf(day, TimeSpan.FromSeconds((number * 13) % 80_000)),
            TraceId = (UInt128)(1 + (number % 97)),
            ProjectId = 1 + (number % 2),
            IsSegment = number % 4 != 0,
            Transaction = $"GET /{Random.Next(3)}",
            TransactionOp = "http.server",
            Op = "http.server",
            Environment = Random.Next(5) == 0 ? null : "prod",
            Failed = Random.Next(10) == 0,
            User = Random.Next(20) == 0 ? null : $"id:{Random.Next(500)}",
            Duration = Random.Next(10) switch
            {
                0 => 1_300_000 + Random.Next(20_000),
                1 => 300_000,
                _ => 250_000 + Random.Next(200_000),
            },
            Weight = weight,
        };

    [Fact]
    public async Task What_is_not_rolled_up_yet_is_counted_with_what_is()
    {
        await GivenAsync(Some.Day, 5);
        HoursWorthRolling = 1_000_000;
        var rolled = await SummedAsync(Some.Day, SumStep.Day);
        rolled.ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 5);
        (await SummedAsync(Some.Day, SumStep.Day)).ShouldBe(rolled);
        await GivenAsync(Some.Day, 1);

        await ShouldAgreeAtAllTimesAsync();
    }

    [Fact]
    public async Task A_longer_step_has_one_row_for_what_agrees_however_often_it_is_rolled_up()
    {
        for (var time = 0; time < 3; time++)
        {
            await GivenAsync(Some.Day, 5);
            (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        }

        var days = await SummedAsync(Some.Day, SumStep.Day);

        // Two projects, three transactions, with an environment or without.
        days.ShouldBe(12);
        // All of them in the first eight hours.
        (await SummedAsync(Some.Day, SumStep.FourHours)).ShouldBe(2 * 12);
    }

    [Fact]
    public async Task A_rebuilt_day_is_summed_up_anew()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        var rows = Enumerable.Range(0, 300).Select(number => Span(Some.Day, number, 1)).ToList();

        await Store.RebuildAsync(Some.Day, Batches(), Cancellation);
        await ShouldAgreeAsync(Question(TimeRange.All));
        (await SummedAsync(Some.Day)).ShouldBe(0);
        await GivenAsync(Some.Day, 6);
        await ShouldAgreeAsync(Question(TimeRange.All));

        async IAsyncEnumerable<TelemetryBatch> Batches()
        {
            await Task.Yield();
            yield return new(Position, Some.Day) { Spans = rows };
        }
    }

    [Fact]
    public async Task An_answer_while_runs_are_summed_up_counts_each_once()
    {
        var all = Question(TimeRange.All) with { Select = [new("count", Count)], GroupBy = [], OrderBy = [] };
        var counted = 0L;
        for (var batch = 0; batch < 30; batch++)
        {
            await GivenAsync(Some.Day, 1);
            counted += PerBatch * 3 / 4;
            for (var time = 0; time < 3; time++)
            {
                (await Store.QueryAsync(all, Cancellation)).Rows[0][0].ShouldBe(counted);
            }
        }
    }

    [Fact]
    public async Task A_trace_of_an_open_day_is_found_in_what_is_indexed_and_behind_it()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 1);
        await Store.ApplyAsync(
            new(++Position, Some.Day) { Spans = [Some.Span(1) with { TraceId = 4711, Timestamp = Some.Noon }] },
            Cancellation
        );

        // Numbers 0 to 3 599, and once more 0 to 399.
        (await CountOfTraceAsync(1)).ShouldBe(38 + 5);
        (await CountOfTraceAsync(97)).ShouldBe(37 + 4);
        (await CountOfTraceAsync(4711)).ShouldBe(1);
        (await CountOfTraceAsync(98)).ShouldBe(0);
        await Store.CloseAsync(Some.Day, Cancellation);
        (await CountOfTraceAsync(1)).ShouldBe(38 + 5);
        (await CountOfTraceAsync(4711)).ShouldBe(1);
    }

    async Task<long> CountOfTraceAsync(int trace)
    {
        var question = new TelemetryQuery
        {
            Dataset = Dataset.Spans,
            Range = TimeRange.All,
            Where = new Filter.Compare(new Field("trace"), Comparison.Equal, (UInt128)trace),
            Select = [new("count", Count)],
        };
        return (long)(await Store.QueryAsync(question, Cancellation)).Rows[0][0]!;
    }

    [Fact]
    public async Task A_page_of_transactions_is_read_from_the_sums()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        var page = new Filter.OneOf(
            Keys,
            [
                [1L, "GET /0"],
                [2L, "GET /1"],
            ]
        );
        var question = Question(TimeRange.All) with { Where = new Filter.And([Where, page]) };

        await ShouldAgreeAsync(question);
        (await Store.QueryAsync(question, Cancellation)).Rows.Count.ShouldBe(2);
    }

    [Fact]
    public void What_sums_of_runs_cannot_tell_is_read_from_the_runs()
    {
        TelemetryQuery Asking(Expression of) =>
            Question(TimeRange.All) with
            {
                Select = [new("value", of)],
                GroupBy = [],
                OrderBy = [],
            };

        Answers(Asking(CountIf(new Filter.Compare(Duration, Comparison.LessOrEqual, 300.0)))).ShouldBeTrue();
        Answers(Asking(CountIf(new Filter.Compare(Duration, Comparison.LessOrEqual, 299.0)))).ShouldBeFalse();
        Answers(Asking(Count) with { Where = null }).ShouldBeFalse("it is about all spans");
    }
}
