using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.DuckDb;

/// <summary>What is answered by the sums of groups is what the spans themselves tell.</summary>
public sealed class GroupSumsTests : IAsyncLifetime
{
    const int PerBatch = 400;

    /// <summary>Of the sketch, and of what lies between two of a hundred spans.</summary>
    const double QuantileError = 0.02;

    static readonly DateOnly Tomorrow = Some.Day.AddDays(1);
    static readonly Field Project = new("project.id");
    static readonly Field Group = new("span.group");
    static readonly Field Duration = new("span.duration");
    static readonly Filter IsSegment = new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true);

    static readonly Selected[] Exact =
    [
        new("count", Count),
        new("failed", CountIf(new Filter.Compare(new Field("span.failed"), Comparison.Equal, true)) / Count),
        new("sum", new Aggregate(AggregateKind.Sum, Duration)),
        new("average", new Aggregate(AggregateKind.Avg, Duration)),
        new("self", new Aggregate(AggregateKind.Sum, new Field("span.self_time"))),
        new("name", new Aggregate(AggregateKind.Any, new Field("sentry.normalized_description"))),
    ];

    static readonly Selected[] Quantiles =
    [
        .. new[] { 0.5, 0.75, 0.95, 0.99 }.Select(share => new Selected($"p{share}", new Quantile(Duration, share))),
    ];

    readonly TemporaryDirectory directory = new();
    readonly Random random = new(7);
    TelemetryStore store = null!;
    long position;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await OpenAsync();

    async Task<TelemetryStore> OpenAsync() =>
        await DuckDbStore.OpenAsync(
            new(directory.Path)
            {
                RunsWorthSumming = 500,
                CompactionRows = 700,
                SpansSummedAtOnce = 900,
            },
            Cancellation
        );

    async Task ReopenAsync()
    {
        await store.DisposeAsync();
        store = await OpenAsync();
    }

    async Task GivenAsync(DateOnly day, int batches, double weight = 1, bool groupForEach = false)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var from = batch * PerBatch;
            var spans = Enumerable
                .Range(from, PerBatch)
                .Select(number => Span(day, number, number % 10 == 0 ? weight : 1))
                .Select(span => groupForEach ? span with { Group = random.NextInt64() } : span);
            await store.ApplyAsync(new(++position, day) { Spans = [.. spans] }, Cancellation);
        }
    }

    SpanRow Span(DateOnly day, int number, double weight)
    {
        var isSegment = number % 4 == 0;
        var group = isSegment ? 0 : 1 + (number % 3);
        return Some.Span(number) with
        {
            Timestamp = Some.TimeOf(day, TimeSpan.FromSeconds(number * 13 % 80_000)),
            ProjectId = 1 + (number % 2),
            IsSegment = isSegment,
            Service = number % 2 == 0 ? null : "shop",
            Op = isSegment ? "http.server" : "db",
            Category = isSegment ? "http" : "db",
            Domain = isSegment ? null : $"table_{group}",
            Group = group,
            GroupName = isSegment ? null : $"SELECT {group}",
            Environment = random.Next(5) == 0 ? null : "prod",
            Failed = random.Next(10) == 0,
            Duration = (long)Math.Exp(12 + random.NextDouble() / 2),
            SelfTime = random.Next(1_000),
            Weight = weight,
        };
    }

    /// <summary>Sums are made beside the writer; when its store is closed they are.</summary>
    async Task<long> SummedHoursAsync(DateOnly day)
    {
        await store.DisposeAsync();
        using var engine = DuckDbEngine.Open(new(directory.Path));
        engine.AttachReadOnly(directory.DayFile(day), "day");
        var hours = (long)engine.Row("SELECT count(*) FROM day.group_hours")[0]!;
        engine.Detach("day");
        store = await OpenAsync();
        return hours;
    }

    static TelemetryQuery Question(TimeRange range, Expression? by = null)
    {
        Expression[] keys = [Project, Group, .. by is null ? [] : new[] { by }];
        return new()
        {
            Dataset = Dataset.Spans,
            Range = range,
            Select = [.. keys.Select((key, number) => new Selected($"key{number}", key)), .. Exact, .. Quantiles],
            GroupBy = keys,
            OrderBy = [.. keys.Select(key => new Ordering(key, false))],
            Limit = 10_000,
        };
    }

    /// <summary>No sum tells the longest, so the spans are read.</summary>
    static TelemetryQuery OfSpans(TelemetryQuery question) =>
        question with
        {
            Select = [.. question.Select, new("longest", new Aggregate(AggregateKind.Max, Duration))],
        };

    async Task ShouldAgreeAsync(TelemetryQuery question)
    {
        GroupSums.Answer(question).ShouldBeTrue();
        GroupSums.Answer(OfSpans(question)).ShouldBeFalse();
        var sums = await store.QueryAsync(question, Cancellation);
        var spans = await store.QueryAsync(OfSpans(question), Cancellation);
        sums.Partial.ShouldBeFalse();
        sums.Sampled.ShouldBe(spans.Sampled);
        sums.Rows.Count.ShouldBe(spans.Rows.Count);
        sums.Rows.ShouldNotBeEmpty();
        var keys = question.GroupBy.Count;
        foreach (var (summed, span) in sums.Rows.Zip(spans.Rows))
        {
            for (var column = 0; column < question.Select.Count; column++)
            {
                var isQuantile = column >= keys + Exact.Length;
                if (isQuantile && Convert.ToInt64(span[keys]) < 100)
                {
                    // A quantile of few lies somewhere between two of them, which buckets do not know.
                    continue;
                }
                if (span[column] is double number)
                {
                    Convert
                        .ToDouble(summed[column])
                        .ShouldBe(number, (isQuantile ? QuantileError : 1e-9) * (number + 1), sums.Columns[column]);
                }
                else
                {
                    summed[column].ShouldBe(span[column], sums.Columns[column]);
                }
            }
        }
    }

    static TimeRange From(DateOnly day, double hours, DateOnly to, double until) =>
        new(Some.TimeOf(day, TimeSpan.FromHours(hours)), Some.TimeOf(to, TimeSpan.FromHours(until)));

    public static TheoryData<string> Times { get; } =
    ["all", "whole hours", "cut hours", "within an hour", "until later", "by hour", "of other spans", "of a group"];

    static TelemetryQuery QuestionOf(string time) =>
        time switch
        {
            "whole hours" => Question(From(Some.Day, 3, Tomorrow, 5)),
            "cut hours" => Question(From(Some.Day, 2.4, Tomorrow, 17.7)),
            "within an hour" => Question(From(Some.Day, 4.2, Some.Day, 4.9)),
            "until later" => Question(From(Some.Day, 5.5, Tomorrow.AddDays(3), 0.5)),
            "by hour" => Question(From(Some.Day, 1.5, Tomorrow, 7.5), new Bucket(TimeSpan.FromHours(1))),
            "of other spans" => Question(TimeRange.All) with { Where = new Filter.Not(IsSegment) },
            "of a group" => Question(From(Some.Day, 2.4, Tomorrow, 5)) with
            {
                Projects = [1],
                Where = new Filter.In(Group, [1L, 2L]),
            },
            _ => Question(TimeRange.All),
        };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task An_open_day_answers_by_its_sums_and_the_spans_behind_them(string time)
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
        await ReopenAsync();
        await ShouldAgreeAsync(QuestionOf(time));
    }

    [Fact]
    public async Task Days_of_few_spans_or_of_a_group_for_each_have_no_sums()
    {
        await GivenAsync(Some.Day, 1);
        await GivenAsync(Tomorrow, 9, groupForEach: true);
        (await SummedHoursAsync(Some.Day)).ShouldBe(0);
        (await SummedHoursAsync(Tomorrow)).ShouldBe(0);
        await store.CloseAsync(Some.Day, Cancellation);
        await store.CloseAsync(Tomorrow, Cancellation);

        (await SummedHoursAsync(Some.Day)).ShouldBe(0);
        (await SummedHoursAsync(Tomorrow)).ShouldBe(0);
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task Sums_that_were_begun_go_when_groups_become_too_many()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 9, groupForEach: true);

        (await SummedHoursAsync(Some.Day)).ShouldBe(0);
        await ShouldAgreeAsync(Question(TimeRange.All) with { Where = new Filter.In(Group, [1L, 2L]) });
    }

    [Fact]
    public async Task Spans_that_come_for_a_closed_day_are_counted_with_its_sums()
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
    public async Task Sampled_spans_count_for_those_they_stand_for()
    {
        await GivenAsync(Some.Day, 9, weight: 2.5);
        (await SummedHoursAsync(Some.Day)).ShouldBeGreaterThan(0);

        (await store.QueryAsync(Question(TimeRange.All), Cancellation)).Sampled.ShouldBeTrue();
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Distributions_of_groups_are_put_together(bool summed)
    {
        await GivenAsync(Some.Day, summed ? 9 : 1);
        (await SummedHoursAsync(Some.Day) > 0).ShouldBe(summed);
        Selected[] p95 = [new("p95", new Quantile(Duration, 0.95)), new("longest", new Aggregate(AggregateKind.Max, Duration))];
        var all = await store.QueryAsync(Question(TimeRange.All) with { Select = p95, GroupBy = [], OrderBy = [] }, Cancellation);

        var parts = await store.QueryAsync(
            Question(TimeRange.All) with
            {
                Select = [new("group", Group), new("spread", new Spread(Duration))],
                GroupBy = [Group],
                OrderBy = [new(Group, false)],
            },
            Cancellation
        );

        parts.Rows.Count.ShouldBe(4);
        var exact = (double)all.Rows[0][0]!;
        Distribution
            .Together(parts.Rows.Select(row => (Distribution)row[1]!))
            .Quantile(0.95)!
            .Value.ShouldBe(exact, exact * 0.02);
        Distribution.Together([]).Quantile(0.5).ShouldBeNull();
    }

    [Fact]
    public void What_sums_of_groups_cannot_tell_is_read_from_the_spans()
    {
        static TelemetryQuery Asking(Expression of, Filter? where = null) =>
            Question(TimeRange.All) with
            {
                Select = [new("value", of)],
                GroupBy = [],
                OrderBy = [],
                Where = where,
            };
        static Filter Is(string field, object value) => new Filter.Compare(new Field(field), Comparison.Equal, value);

        GroupSums.Answer(Asking(Count, Is("span.category", "db"))).ShouldBeTrue();
        GroupSums.Answer(Asking(Count, Is("transaction", "GET /"))).ShouldBeFalse();
        GroupSums.Answer(Asking(Distinct(new Field("user")))).ShouldBeFalse();
        GroupSums.Answer(Asking(new Quantile(new Field("span.self_time"), 0.5))).ShouldBeFalse();
        GroupSums.Answer(Asking(CountIf(new Filter.Compare(Duration, Comparison.Less, 300.0)))).ShouldBeFalse();
        GroupSums.Answer(Asking(Count) with { GroupBy = [new Bucket(TimeSpan.FromMinutes(5))] }).ShouldBeFalse();
        GroupSums.Answer(Asking(Count) with { Dataset = Dataset.Events }).ShouldBeFalse();
        GroupSums.Answer(Some.Query("span.op") with { Dataset = Dataset.Spans }).ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }
}
