using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.DuckDb;

/// <summary>What is answered by the sums of runs is what the runs themselves tell.</summary>
public sealed class RunSumsTests : IAsyncLifetime
{
    const int PerBatch = 400;
    const double QuantileError = 0.01;

    static readonly DateOnly Tomorrow = Some.Day.AddDays(1);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly Field Duration = new("span.duration");
    static readonly Field User = new("user");
    static readonly Filter IsSegment = new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true);
    static readonly Filter Miserable = new Filter.Compare(Duration, Comparison.Greater, 1200.0);

    static readonly Selected[] Exact =
    [
        new("count", Count),
        new("failed", CountIf(new Filter.Compare(new Field("span.failed"), Comparison.Equal, true)) / Count),
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
        new("miserable", Distinct(User, Miserable)),
    ];

    static readonly Selected[] Quantiles =
    [
        .. new[] { 0.5, 0.75, 0.95, 0.99 }.Select(share => new Selected($"p{share}", new Quantile(Duration, share))),
    ];

    readonly TemporaryDirectory directory = new();
    readonly Random random = new(5);
    TelemetryStore store = null!;
    long position;
    long hoursWorthRolling = 1;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await OpenAsync();

    async Task<TelemetryStore> OpenAsync() =>
        await DuckDbStore.OpenAsync(
            new(directory.Path)
            {
                RunsWorthSumming = 1_000,
                CompactionRows = 700,
                HoursWorthRolling = hoursWorthRolling,
            },
            Cancellation
        );

    async Task ReopenAsync()
    {
        await store.DisposeAsync();
        store = await OpenAsync();
    }

    async Task GivenAsync(DateOnly day, int batches, double weight = 1)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var from = batch;
            var spans = Enumerable.Range(0, PerBatch).Select(number => Span(day, (from * PerBatch) + number, weight));
            await store.ApplyAsync(new(++position, day) { Spans = [.. spans] }, Cancellation);
        }
    }

    SpanRow Span(DateOnly day, int number, double weight) =>
        Some.Span(number) with
        {
            Timestamp = Some.TimeOf(day, TimeSpan.FromSeconds((number * 13) % 80_000)),
            TraceId = (UInt128)(1 + (number % 97)),
            ProjectId = 1 + (number % 2),
            IsSegment = number % 4 != 0,
            Transaction = $"GET /{random.Next(3)}",
            TransactionOp = "http.server",
            Op = "http.server",
            Environment = random.Next(5) == 0 ? null : "prod",
            Failed = random.Next(10) == 0,
            User = random.Next(20) == 0 ? null : $"id:{random.Next(500)}",
            Duration = random.Next(10) switch
            {
                0 => 1_300_000 + random.Next(20_000),
                1 => 300_000,
                _ => 250_000 + random.Next(200_000),
            },
            Weight = number % 10 == 0 ? weight : 1,
        };

    /// <summary>Sums are made beside the writer; when its store is closed they are.</summary>
    Task<long> SummedHoursAsync(DateOnly day) => RowsAsync(day, "runs_by_hour");

    async Task<long> RowsAsync(DateOnly day, string table)
    {
        await store.DisposeAsync();
        using (var engine = DuckDbEngine.Open(new(directory.Path)))
        {
            engine.AttachReadOnly(directory.DayFile(day), "day");
            var rows = (long)engine.Row($"SELECT count(*) FROM day.{table}")[0]!;
            engine.Detach("day");
            store = await OpenAsync();
            return rows;
        }
    }

    static TelemetryQuery Question(TimeRange range, Expression? by = null)
    {
        Expression[] keys = [new Field("project.id"), new Field("transaction"), .. by is null ? [] : new[] { by }];
        return new()
        {
            Dataset = Dataset.Spans,
            Range = range,
            Where = new Filter.And([IsSegment, new Filter.Has(new Field("transaction"))]),
            Select = [.. keys.Select((key, number) => new Selected($"key{number}", key)), .. Exact, .. Quantiles],
            GroupBy = keys,
            OrderBy = [.. keys.Select(key => new Ordering(key, false))],
            Limit = 10_000,
        };
    }

    /// <summary>No sum tells the longest, so the runs are read.</summary>
    static TelemetryQuery OfRuns(TelemetryQuery question) =>
        question with
        {
            Select = [.. question.Select, new("longest", new Aggregate(AggregateKind.Max, Duration))],
        };

    async Task ShouldAgreeAsync(TelemetryQuery question)
    {
        RunSums.Answer(question).ShouldBeTrue();
        RunSums.Answer(OfRuns(question)).ShouldBeFalse();
        var sums = await store.QueryAsync(question, Cancellation);
        var runs = await store.QueryAsync(OfRuns(question), Cancellation);
        sums.Partial.ShouldBeFalse();
        sums.Sampled.ShouldBe(runs.Sampled);
        sums.Rows.Count.ShouldBe(runs.Rows.Count);
        var exact = question.GroupBy.Count + Exact.Length;
        foreach (var (summed, run) in sums.Rows.Zip(runs.Rows))
        {
            for (var column = 0; column < question.Select.Count; column++)
            {
                // A quantile of few lies somewhere between two of them, which buckets do not know.
                var isOfFew = column >= exact && Convert.ToInt64(run[question.GroupBy.Count]) < 100;
                if (run[column] is double number && !isOfFew)
                {
                    var error = column < exact ? 1e-9 : QuantileError;
                    Convert.ToDouble(summed[column]).ShouldBe(number, error * (number + 1), sums.Columns[column]);
                }
                else if (!isOfFew)
                {
                    summed[column].ShouldBe(run[column], sums.Columns[column]);
                }
            }
        }
    }

    static TimeRange From(DateOnly day, double hours, DateOnly to, double until) =>
        new(Some.TimeOf(day, TimeSpan.FromHours(hours)), Some.TimeOf(to, TimeSpan.FromHours(until)));

    public static TheoryData<string> Times { get; } =
    ["all", "whole hours", "cut hours", "within an hour", "until later", "by hour", "by four hours", "by day"];

    static TelemetryQuery QuestionOf(string time) =>
        time switch
        {
            "whole hours" => Question(From(Some.Day, 3, Tomorrow, 5)),
            "cut hours" => Question(From(Some.Day, 2.4, Tomorrow, 17.7)),
            "within an hour" => Question(From(Some.Day, 4.2, Some.Day, 4.9)),
            "until later" => Question(From(Some.Day, 5.5, Tomorrow.AddDays(3), 0.5)),
            "by hour" => Question(From(Some.Day, 1.5, Tomorrow, 7.5), new Bucket(Hour)),
            "by four hours" => Question(From(Some.Day, 1.5, Tomorrow, 21.5), new Bucket(4 * Hour)),
            "by day" => Question(TimeRange.All, new Bucket(TimeSpan.FromDays(1))),
            _ => Question(TimeRange.All),
        };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task An_open_day_answers_by_its_sums_and_the_runs_behind_them(string time)
    {
        await GivenAsync(Some.Day, 9);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 1);

        await ShouldAgreeAsync(QuestionOf(time));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Closed_days_answer_by_the_sums_of_their_days_and_hours(string time)
    {
        await GivenAsync(Some.Day, 9);
        await GivenAsync(Tomorrow, 9);
        await store.CloseAsync(Some.Day, Cancellation);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);

        await ShouldAgreeAsync(QuestionOf(time));
        await store.CloseAsync(Tomorrow, Cancellation);
        await ShouldAgreeAsync(QuestionOf(time));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task What_is_not_rolled_up_yet_is_counted_with_what_is(string time)
    {
        await GivenAsync(Some.Day, 5);
        hoursWorthRolling = 1_000_000;
        var rolled = await RowsAsync(Some.Day, "runs_by_day");
        rolled.ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 5);
        (await RowsAsync(Some.Day, "runs_by_day")).ShouldBe(rolled);
        await GivenAsync(Some.Day, 1);

        await ShouldAgreeAsync(QuestionOf(time));
    }

    [Fact]
    public async Task A_longer_step_has_one_row_for_what_agrees_however_often_it_is_rolled_up()
    {
        for (var time = 0; time < 3; time++)
        {
            await GivenAsync(Some.Day, 5);
            (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);
        }

        var days = await RowsAsync(Some.Day, "runs_by_day");

        // Two projects, three transactions, with an environment or without.
        days.ShouldBe(12);
        // All of them in the first eight hours.
        (await RowsAsync(Some.Day, "runs_by_four_hours")).ShouldBe(2 * 12);
    }

    [Fact]
    public async Task A_day_of_few_runs_has_no_sums()
    {
        await GivenAsync(Some.Day, 2);
        (await SummedHoursAsync(Some.Day)).ShouldBe(0);
        await store.CloseAsync(Some.Day, Cancellation);

        (await SummedHoursAsync(Some.Day)).ShouldBe(0);
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task Runs_that_come_for_a_closed_day_are_counted_with_its_sums()
    {
        await GivenAsync(Some.Day, 6);
        await store.CloseAsync(Some.Day, Cancellation);
        await GivenAsync(Some.Day, 2);

        await ShouldAgreeAsync(Question(TimeRange.All));
        await ReopenAsync();
        await ShouldAgreeAsync(Question(TimeRange.All));
        await store.CloseAsync(Some.Day, Cancellation);
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task Sampled_runs_count_for_those_they_stand_for()
    {
        await GivenAsync(Some.Day, 9, weight: 2.5);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);

        (await store.QueryAsync(Question(TimeRange.All), Cancellation)).Sampled.ShouldBeTrue();
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task A_rebuilt_day_is_summed_up_anew()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);
        var rows = Enumerable.Range(0, 300).Select(number => Span(Some.Day, number, 1)).ToList();

        await store.RebuildAsync(Some.Day, Batches(), Cancellation);
        await ShouldAgreeAsync(Question(TimeRange.All));
        (await SummedHoursAsync(Some.Day)).ShouldBe(0);
        await GivenAsync(Some.Day, 6);
        await ShouldAgreeAsync(Question(TimeRange.All));

        async IAsyncEnumerable<TelemetryBatch> Batches()
        {
            await Task.Yield();
            yield return new(position, Some.Day) { Spans = rows };
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
                (await store.QueryAsync(all, Cancellation)).Rows[0][0].ShouldBe(counted);
            }
        }
    }

    [Fact]
    public async Task A_trace_of_an_open_day_is_found_in_what_is_indexed_and_behind_it()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 1);
        await store.ApplyAsync(
            new(++position, Some.Day) { Spans = [Some.Span(1) with { TraceId = 4711, Timestamp = Some.Noon }] },
            Cancellation
        );

        // Numbers 0 to 3 599, and once more 0 to 399.
        (await CountOfTraceAsync(1)).ShouldBe(38 + 5);
        (await CountOfTraceAsync(97)).ShouldBe(37 + 4);
        (await CountOfTraceAsync(4711)).ShouldBe(1);
        (await CountOfTraceAsync(98)).ShouldBe(0);
        await store.CloseAsync(Some.Day, Cancellation);
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
        return (long)(await store.QueryAsync(question, Cancellation)).Rows[0][0]!;
    }

    [Fact]
    public async Task Another_threshold_of_apdex_is_read_from_the_runs()
    {
        await GivenAsync(Some.Day, 6);
        var question = Question(TimeRange.All) with
        {
            Select = [new("quick", CountIf(new Filter.Compare(Duration, Comparison.LessOrEqual, 299.0)))],
            GroupBy = [],
            OrderBy = [],
        };

        RunSums.Answer(question).ShouldBeFalse();
        RunSums.Answer(question with { Where = null, Select = [new("n", Count)] }).ShouldBeFalse("it is about all spans");
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }
}
