using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

/// <summary>What closed days answer by their sums is what their spans would.</summary>
public abstract class SumsTests : StoreTests
{
    const int PerDay = 12_000;
    const double Error = 0.03;

    static readonly Field Duration = new("span.duration");
    static readonly Field Transaction = new("transaction");
    static readonly Filter Failed = new Filter.Compare(new Field("span.failed"), Comparison.Equal, true);

    protected async Task GivenDaysAsync(int days, double weight = 1)
    {
        for (var day = 0; day < days; day++)
        {
            var random = new Random(day + 1);
            var spans = Enumerable
                .Range(0, PerDay)
                .Select(number =>
                    Some.Span(day * PerDay + number) with
                    {
                        Timestamp = Some.TimeOf(Some.Day.AddDays(day), TimeSpan.FromSeconds(number * 7)),
                        ProjectId = 1 + number % 2,
                        IsSegment = number % 4 == 0,
                        Transaction = $"GET /{number % 3}",
                        Environment = number % 5 == 0 ? null : "prod",
                        Op = number % 4 == 0 ? "http.server" : "db",
                        Group = number % 4 == 0 ? 0 : 77,
                        GroupName = number % 4 == 0 ? null : "SELECT *",
                        Failed = random.Next(10) == 0,
                        User = $"id:{random.Next(200)}",
                        Duration = (long)Math.Exp(9 + random.NextDouble() / 3),
                        SelfTime = random.Next(1_000),
                        Weight = number % 100 == 0 ? weight : 1,
                    }
                );
            await ApplyAsync(new TelemetryBatch(day + 1, Some.Day.AddDays(day)) { Spans = [.. spans] });
        }
    }

    static TelemetryQuery Asking(Filter? where, params IReadOnlyList<Selected> more) =>
        new()
        {
            Dataset = Dataset.Spans,
            Range = TimeRange.All,
            Where = where,
            Select = [new("transaction", Transaction), new("n", Count), .. more],
            GroupBy = [Transaction],
            OrderBy = [new(Transaction, false)],
        };

    static readonly Selected[] Figures =
    [
        new("failed", CountIf(Failed)),
        new("rate", CountIf(Failed) / Count),
        new("sum", new Aggregate(AggregateKind.Sum, Duration)),
        new("average", new Aggregate(AggregateKind.Avg, Duration)),
        new("self", new Aggregate(AggregateKind.Sum, new Field("span.self_time"))),
        new("p50", new Quantile(Duration, 0.5)),
        new("p95", new Quantile(Duration, 0.95)),
    ];

    static readonly IReadOnlyList<(string Name, TelemetryQuery Question)> Questions =
    [
        ("all", Asking(null, Figures)),
        ("one project", Asking(null, Figures) with { Projects = [1] }),
        ("an environment", Asking(new Filter.Compare(new Field("environment"), Comparison.Equal, "prod"), Figures)),
        ("segments", Asking(new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true), Figures)),
        (
            "two days of three",
            Asking(null, Figures) with
            {
                Range = new(Some.TimeOf(Some.Day, TimeSpan.FromHours(10)), Some.TimeOf(Some.Day.AddDays(2), TimeSpan.Zero)),
            }
        ),
    ];

    [Fact]
    public async Task Closed_days_answer_as_open_ones()
    {
        await GivenDaysAsync(3);
        var open = new List<TelemetryResult>();
        foreach (var (_, question) in Questions)
        {
            open.Add(await AskAsync(question));
        }
        await Store.CloseAsync(Some.Day, Cancellation);
        await Store.CloseAsync(Some.Day.AddDays(1), Cancellation);

        foreach (var ((name, question), before) in Questions.Zip(open))
        {
            ShouldTellTheSame(await AskAsync(question), before, name);
        }
    }

    static void ShouldTellTheSame(TelemetryResult closed, TelemetryResult open, string question)
    {
        closed.Sampled.ShouldBeFalse(question);
        closed.Rows.Count.ShouldBe(3, question);
        foreach (var (sums, spans) in closed.Rows.Zip(open.Rows))
        {
            sums.Take(3).ShouldBe(spans.Take(3), $"{question}: names and counts are exact");
            for (var figure = 3; figure < sums.Count; figure++)
            {
                var exact = Convert.ToDouble(spans[figure]);
                var error = figure < 7 ? 1e-9 : Error;
                Convert.ToDouble(sums[figure]).ShouldBe(exact, Math.Abs(exact) * error, $"{question}: {closed.Columns[figure]}");
            }
        }
    }

    [Fact]
    public async Task What_sums_cannot_tell_is_read_from_the_spans()
    {
        await GivenDaysAsync(2);
        var query = Asking(
            null,
            new("users", Distinct(new Field("user"))),
            new("longest", new Aggregate(AggregateKind.Max, Duration)),
            new("quick", CountIf(new Filter.Compare(Duration, Comparison.Less, 10L)))
        );
        var open = await AskAsync(query);
        await Store.CloseAsync(Some.Day, Cancellation);

        (await AskAsync(query)).Rows.ShouldBe(open.Rows);
    }

    [Fact]
    public async Task Spans_that_stand_for_several_do_so_in_the_sums_too()
    {
        await GivenDaysAsync(2, weight: 10);
        var open = await AskAsync(Asking(null));
        await Store.CloseAsync(Some.Day, Cancellation);
        await Store.CloseAsync(Some.Day.AddDays(1), Cancellation);

        var closed = await AskAsync(Asking(null));

        closed.Rows.ShouldBe(open.Rows);
        closed.Sampled.ShouldBeTrue();
        open.Sampled.ShouldBeTrue();
    }
}
