using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.DuckDb;

public sealed class GroupSumsTests() : StepSumsTests("groups", quantileError: 0.02)
{
    static readonly Field Group = new("span.group");

    protected override IReadOnlyList<Expression> Keys { get; } = [new Field("project.id"), Group];

    protected override Filter? Where => null;

    protected override IReadOnlyList<Selected> Exact { get; } =
    [
        new("count", Count),
        new("failed", CountIf(Failed) / Count),
        new("sum", new Aggregate(AggregateKind.Sum, Duration)),
        new("average", new Aggregate(AggregateKind.Avg, Duration)),
        new("self", new Aggregate(AggregateKind.Sum, new Field("span.self_time"))),
        new("name", new Aggregate(AggregateKind.Any, new Field("sentry.normalized_description"))),
    ];

    protected override SpanRow Span(DateOnly day, int number, double weight)
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
            Environment = Random.Next(5) == 0 ? null : "prod",
            Failed = Random.Next(10) == 0,
            Duration = (long)Math.Exp(12 + Random.NextDouble() / 2),
            SelfTime = Random.Next(1_000),
            Weight = weight,
        };
    }

    SpanRow InGroupOfItsOwn(SpanRow span) => span with { Group = Random.NextInt64() };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conditions_of_groups_choose_among_the_sums(bool closed)
    {
        await GivenAsync(Some.Day, 9);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        if (closed)
        {
            await Store.CloseAsync(Some.Day, Cancellation);
        }

        await ShouldAgreeAsync(Question(TimeRange.All) with { Where = new Filter.Not(IsSegment) });
        await ShouldAgreeAsync(
            Question(From(Some.Day, 2.4, Tomorrow, 5)) with
            {
                Projects = [1],
                Where = new Filter.In(Group, [1L, 2L]),
            }
        );
    }

    [Fact]
    public async Task Days_of_a_group_for_each_span_have_no_sums()
    {
        await GivenAsync(Some.Day, 9, change: InGroupOfItsOwn);
        (await SummedAsync(Some.Day)).ShouldBe(0);
        await Store.CloseAsync(Some.Day, Cancellation);

        (await SummedAsync(Some.Day)).ShouldBe(0);
        await ShouldAgreeAsync(Question(TimeRange.All));
    }

    [Fact]
    public async Task Sums_that_were_begun_go_when_groups_become_too_many()
    {
        await GivenAsync(Some.Day, 9);
        (await SummedAsync(Some.Day)).ShouldBeGreaterThan(0);
        await GivenAsync(Some.Day, 9, change: InGroupOfItsOwn);

        (await SummedAsync(Some.Day)).ShouldBe(0);
        await ShouldAgreeAsync(Question(TimeRange.All) with { Where = new Filter.In(Group, [1L, 2L]) });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Distributions_of_groups_are_put_together(bool summed)
    {
        await GivenAsync(Some.Day, summed ? 9 : 1);
        (await SummedAsync(Some.Day) > 0).ShouldBe(summed);
        Selected[] p95 = [new("p95", new Quantile(Duration, 0.95)), new("longest", new Aggregate(AggregateKind.Max, Duration))];
        var all = await Store.QueryAsync(Question(TimeRange.All) with { Select = p95, GroupBy = [], OrderBy = [] }, Cancellation);

        var parts = await Store.QueryAsync(
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
        TelemetryQuery Asking(Expression of, Filter? where = null) =>
            Question(TimeRange.All) with
            {
                Select = [new("value", of)],
                GroupBy = [],
                OrderBy = [],
                Where = where,
            };
        static Filter Is(string field, object value) => new Filter.Compare(new Field(field), Comparison.Equal, value);

        Answers(Asking(Count, Is("span.category", "db"))).ShouldBeTrue();
        Answers(Asking(Count, Is("transaction", "GET /"))).ShouldBeFalse();
        Answers(Asking(Distinct(new Field("user")))).ShouldBeFalse();
        Answers(Asking(new Quantile(new Field("span.self_time"), 0.5))).ShouldBeFalse();
        Answers(Asking(CountIf(new Filter.Compare(Duration, Comparison.Less, 300.0)))).ShouldBeFalse();
        Answers(Asking(Count) with { GroupBy = [new Bucket(TimeSpan.FromMinutes(5))] }).ShouldBeFalse();
        Answers(Asking(Count) with { Dataset = Dataset.Events }).ShouldBeFalse();
        Answers(Some.Query("span.op") with { Dataset = Dataset.Spans }).ShouldBeFalse();
    }
}
