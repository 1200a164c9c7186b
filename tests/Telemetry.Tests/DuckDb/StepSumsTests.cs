using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.DuckDb;

/// <summary>What is answered by sums of steps is what the spans themselves tell.</summary>
/// <param name="sums">The kind of sums.</param>
/// <param name="quantileError">Of the sketch, and of what lies between two of a hundred spans.</param>
public abstract class StepSumsTests(string sums, double quantileError) : IAsyncLifetime
{
    protected const int PerBatch = 400;

    protected static readonly DateOnly Tomorrow = Some.Day.AddDays(1);
    protected static readonly Field Duration = new("span.duration");
    protected static readonly Filter IsSegment = new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true);
    protected static readonly Filter Failed = new Filter.Compare(new Field("span.failed"), Comparison.Equal, true);

    static readonly Selected[] Quantiles =
    [
        .. new[] { 0.5, 0.75, 0.95, 0.99 }.Select(share => new Selected($"p{share}", new Quantile(Duration, share))),
    ];

    readonly TemporaryDirectory directory = new();

    protected Random Random { get; } = new(5);
    protected TelemetryStore Store { get; private set; } = null!;
    protected long Position { get; set; }
    protected long HoursWorthRolling { get; set; } = 1;
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Sums Sums => sums == "runs" ? Sums.Runs : Sums.Groups;

    /// <summary>What questions group by, and what they ask for that is the same to the last digit.</summary>
    protected abstract IReadOnlyList<Expression> Keys { get; }
    protected abstract IReadOnlyList<Selected> Exact { get; }
    protected abstract Filter? Where { get; }

    protected abstract SpanRow Span(DateOnly day, int number, double weight);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    async Task<TelemetryStore> OpenAsync() =>
        await DuckDbStore.OpenAsync(
            new(directory.Path)
            {
                RunsWorthSumming = 500,
                CompactionRows = 700,
                HoursWorthRolling = HoursWorthRolling,
                SpansSummedAtOnce = 900,
            },
            Cancellation
        );

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    protected async Task GivenAsync(DateOnly day, int batches, double weight = 1, Func<SpanRow, SpanRow>? change = null)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var spans = Enumerable
                .Range(batch * PerBatch, PerBatch)
                .Select(number => Span(day, number, number % 10 == 0 ? weight : 1));
            await Store.ApplyAsync(
                new(++Position, day) { Spans = [.. change is null ? spans : spans.Select(change)] },
                Cancellation
            );
        }
    }

    /// <summary>Sums are made beside the writer; when its store is closed they are.</summary>
    internal async Task<long> SummedAsync(DateOnly day, SumStep? step = null)
    {
        await Store.DisposeAsync();
        using (var engine = DuckDbEngine.Open(new(directory.Path)))
        {
            engine.AttachReadOnly(directory.DayFile(day), "day");
            var rows = (long)engine.Row($"SELECT count(*) FROM day.{Sums.Tables.TableOf(step ?? SumStep.Hour)}")[0]!;
            engine.Detach("day");
            Store = await OpenAsync();
            return rows;
        }
    }

    protected TelemetryQuery Question(TimeRange range, Expression? by = null)
    {
        Expression[] keys = [.. Keys, .. by is null ? [] : new[] { by }];
        return new()
        {
            Dataset = Dataset.Spans,
            Range = range,
            Where = Where,
            Select = [.. keys.Select((key, number) => new Selected($"key{number}", key)), .. Exact, .. Quantiles],
            GroupBy = keys,
            OrderBy = [.. keys.Select(key => new Ordering(key, false))],
            Limit = 10_000,
        };
    }

    protected bool Answers(TelemetryQuery query) => Sums.Answer(query);

    /// <summary>No sum tells the longest, so the spans are read.</summary>
    static TelemetryQuery OfSpans(TelemetryQuery question) =>
        question with
        {
            Select = [.. question.Select, new("longest", new Aggregate(AggregateKind.Max, Duration))],
        };

    /// <summary>Of all times, as what they are asked of takes longer to make than their answers.</summary>
    protected async Task ShouldAgreeAtAllTimesAsync()
    {
        foreach (var (time, question) in Questions())
        {
            await ShouldAgreeAsync(question, time);
        }
    }

    protected async Task ShouldAgreeAsync(TelemetryQuery question, string time = "all")
    {
        Answers(question).ShouldBeTrue();
        Answers(OfSpans(question)).ShouldBeFalse();
        var summed = await Store.QueryAsync(question, Cancellation);
        var single = await Store.QueryAsync(OfSpans(question), Cancellation);
        summed.Partial.ShouldBeFalse(time);
        summed.Sampled.ShouldBe(single.Sampled, time);
        summed.Rows.Count.ShouldBe(single.Rows.Count, time);
        summed.Rows.ShouldNotBeEmpty(time);
        var exact = question.GroupBy.Count + Exact.Count;
        foreach (var (sum, span) in summed.Rows.Zip(single.Rows))
        {
            // A quantile of few lies somewhere between two of them, which buckets do not know.
            var compared = Convert.ToInt64(span[question.GroupBy.Count]) < 100 ? exact : question.Select.Count;
            for (var column = 0; column < compared; column++)
            {
                if (span[column] is double number)
                {
                    var error = column < exact ? 1e-9 : quantileError;
                    Convert.ToDouble(sum[column]).ShouldBe(number, error * (number + 1), $"{summed.Columns[column]}, {time}");
                }
                else
                {
                    sum[column].ShouldBe(span[column], $"{summed.Columns[column]}, {time}");
                }
            }
        }
    }

    protected static TimeRange From(DateOnly day, double hours, DateOnly to, double until) =>
        new(Some.TimeOf(day, TimeSpan.FromHours(hours)), Some.TimeOf(to, TimeSpan.FromHours(until)));

    IEnumerable<(string Time, TelemetryQuery Question)> Questions() =>
        [
            ("all", Question(TimeRange.All)),
            ("whole hours", Question(From(Some.Day, 3, Tomorrow, 5))),
            ("cut hours", Question(From(Some.Day, 2.4, Tomorrow, 17.7))),
            ("within an hour", Question(From(Some.Day, 4.2, Some.Day, 4.9))),
            ("until later", Question(From(Some.Day, 5.5, Tomorrow.AddDays(3), 0.5))),
            ("by hour", Question(From(Some.Day, 1.5, Tomorrow, 7.5), new Bucket(TimeSpan.FromHours(1)))),
            ("by four hours", Question(From(Some.Day, 1.5, Tomorrow, 21.5), new Bucket(TimeSpan.FromHours(4)))),
            ("by day", Question(TimeRange.All, new Bucket(TimeSpan.FromDays(1)))),
        ];

    [Fact]
    public async Task An_open_day_answers_by_its_sums_and_the_spans_behind_them()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 1);

        await ShouldAgreeAtAllTimesAsync();
    }

    [Fact]
    public async Task Closed_days_answer_by_the_sums_of_all_steps()
    {
        await GivenAsync(Some.Day, 9);
        await GivenAsync(Tomorrow, 9);
        await Store.CloseAsync(Some.Day, Cancellation);
        foreach (var step in Sums.Tables.Steps)
        {
            (await SummedAsync(Some.Day, step)).ShouldBeGreaterThan(0);
        }

        await ShouldAgreeAtAllTimesAsync();
        await Store.CloseAsync(Tomorrow, Cancellation);
        await ShouldAgreeAtAllTimesAsync();
        await ReopenAsync();
        await ShouldAgreeAtAllTimesAsync();
    }

    [Fact]
    public async Task A_day_of_few_spans_has_no_sums()
    {
        await GivenAsync(Some.Day, 1);
        (await SummedAsync(Some.Day)).ShouldBe(0);
        await Store.CloseAsync(Some.Day, Cancellation);

        (await SummedAsync(Some.Day)).ShouldBe(0);
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task Spans_that_come_for_a_closed_day_are_counted_with_its_sums()
    {
        await GivenAsync(Some.Day, 6);
        await Store.CloseAsync(Some.Day, Cancellation);
        await GivenAsync(Some.Day, 2);

        await ShouldAgreeAsync(Question(TimeRange.All));
        await ReopenAsync();
        await ShouldAgreeAsync(Question(TimeRange.All));
        await Store.CloseAsync(Some.Day, Cancellation);
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task Sampled_spans_count_for_those_they_stand_for()
    {
        await GivenAsync(Some.Day, 9, weight: 2.5);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);

        (await Store.QueryAsync(Question(TimeRange.All), Cancellation)).Sampled.ShouldBeTrue();
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
