using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests.Conformance;

public abstract class ClosingTests : StoreTests
{
    /// <summary>Of several projects and issues, in no order that a store would choose.</summary>
    static IReadOnlyList<EventRow> Mixed(int count, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(number =>
                    Some.Event((UInt128)(seed * 10_000 + number)) with
                    {
                        ProjectId = random.Next(1, 4),
                        IssueId = random.Next(1, 30),
                        Timestamp = Some.Noon + random.Next(-40_000, 40_000) * 1_000_000L,
                        Message = number % 3 == 0 ? null : $"event {number} of \"{seed}\"",
                        Tags = $$"""{"number":"{{number}}"}""",
                    }
                ),
        ];
    }

    async Task<IReadOnlyList<string>> AllAsync()
    {
        var fields = FieldTable.Events.Fields.Select(field => field.Name).ToArray();
        var answer = await AskAsync(
            Some.Query(fields) with
            {
                OrderBy = [new(new Expression.Field("id"), false)],
                Limit = 100_000,
            }
        );
        answer.Partial.ShouldBeFalse();
        return [.. answer.Rows.Select(row => string.Join('|', row))];
    }

    Task<bool> CloseAsync(DateOnly? day = null) => Store.CloseAsync(day ?? Some.Day, Cancellation);

    TelemetryDay Day => Store.Days.Single(day => day.Day == Some.Day);

    [Fact]
    public async Task A_trace_is_found_in_closed_and_open_days_without_a_hint_of_its_time()
    {
        // The second has the same last 63 bits; the fourth is of another day, which stays open.
        var trace = new UInt128(1, 5);
        IReadOnlyList<SpanRow> spans =
        [
            Some.Span(1) with
            {
                TraceId = trace,
            },
            Some.Span(2) with
            {
                TraceId = new UInt128(2, 5),
            },
            Some.Span(3) with
            {
                TraceId = trace,
                ProjectId = 9,
                Timestamp = Some.Noon + 90_000_000,
            },
        ];
        var tomorrow = Some.Span(4) with { TraceId = trace, Timestamp = Some.Noon + 86_400_000_000 };
        var error = Some.Event(70) with { TraceId = trace, Timestamp = Some.Noon - 5_000_000 };
        await ApplyAsync(new(1, Some.Day) { Spans = spans, Events = [error, Some.Event(71)] });
        await ApplyAsync(new(2, Some.Day.AddDays(1)) { Spans = [tomorrow] });
        (await CloseAsync()).ShouldBeTrue();
        await ReopenAsync();

        (await IdsOfAsync(Dataset.Spans, new Filter.Compare(Trace, Comparison.Equal, trace))).ShouldBe([1L, 3L, 4L]);
        (await IdsOfAsync(Dataset.Spans, new Filter.In(Trace, [trace, new UInt128(2, 5)]))).ShouldBe([1L, 2L, 3L, 4L]);
        (await IdsOfAsync(Dataset.Spans, new Filter.Compare(Trace, Comparison.Equal, (UInt128)404))).ShouldBeEmpty();
        (await IdsOfAsync(Dataset.Events, new Filter.Compare(Trace, Comparison.Equal, trace))).ShouldBe([(UInt128)70]);
    }

    static readonly Expression Trace = new Expression.Field("trace");

    async Task<IReadOnlyList<object?>> IdsOfAsync(Dataset dataset, Filter where) =>
        [
            .. (
                await AskAsync(
                    Some.Query("id") with
                    {
                        Dataset = dataset,
                        Where = where,
                        OrderBy = [new(new Expression.Field("id"), false)],
                    }
                )
            ).Rows.Select(row => row[0]),
        ];

    [Fact]
    public async Task A_closed_day_answers_as_it_did_open()
    {
        await ApplyAsync(Some.Batch(1, Mixed(700)) with { Outcomes = [Some.Outcome(3)] });
        await ApplyAsync(Some.Batch(2, Mixed(300, seed: 2)));
        var before = await AllAsync();

        (await CloseAsync()).ShouldBeTrue();

        (await AllAsync()).ShouldBe(before);
        Day.IsClosed.ShouldBeTrue();
        Store.Applied.ShouldBe(2);
        await ReopenAsync();
        (await AllAsync()).ShouldBe(before);
        Day.IsClosed.ShouldBeTrue();
        Day.Kinds.ShouldBe(RowKinds.Events | RowKinds.Outcomes);
        Store.Applied.ShouldBe(2);
    }

    [Fact]
    public async Task Spans_of_a_closed_day_are_the_same()
    {
        var spans = Enumerable
            .Range(0, 900)
            .Select(number =>
                Some.WholeSpan with
                {
                    SpanId = number,
                    ProjectId = number % 3,
                    Timestamp = Some.Noon + number * 7_000_003L % 40_000_000_000,
                }
            );
        await ApplyAsync(new TelemetryBatch(1, Some.Day) { Spans = [.. spans] });
        var query = new TelemetryQuery
        {
            Dataset = Dataset.Spans,
            Range = TimeRange.All,
            Select =
            [
                .. FieldTable
                    .For(Dataset.Spans)
                    .Fields.Select(field => new Selected(field.Name, new Expression.Field(field.Name))),
            ],
            OrderBy = [new(new Expression.Field("span_id"), false)],
            Limit = 10_000,
        };
        var before = (await AskAsync(query)).Rows;
        before.Count.ShouldBe(900);

        (await CloseAsync()).ShouldBeTrue();

        (await AskAsync(query)).Rows.ShouldBe(before);
    }

    [Fact]
    public async Task A_trace_is_found_in_closed_days_and_open_ones()
    {
        for (var day = 0; day < 3; day++)
        {
            var spans = Enumerable.Range(0, 300).Select(number => SpanOf(day, trace: number % 60, number));
            await ApplyAsync(
                new TelemetryBatch(day + 1, Some.Day.AddDays(day)) { Spans = [.. spans], Events = [EventOf(day, trace: 1_000)] }
            );
        }
        (await CloseAsync()).ShouldBeTrue();
        (await CloseAsync(Some.Day.AddDays(1))).ShouldBeTrue();

        (await IdsAsync(Dataset.Spans, "span_id", trace: 7)).Count.ShouldBe(15);
        (await IdsAsync(Dataset.Spans, "span_id", trace: 999)).ShouldBeEmpty();
        (await IdsAsync(Dataset.Events, "id", trace: 1_000)).Count.ShouldBe(3);
        (await IdsAsync(Dataset.Events, "id", trace: 7)).ShouldBeEmpty();

        await ApplyAsync(Some.Batch(10) with { Spans = [SpanOf(0, trace: 7, 5_000), SpanOf(0, trace: 999, 5_001)] });

        (await IdsAsync(Dataset.Spans, "span_id", trace: 7)).Count.ShouldBe(16);
        (await IdsAsync(Dataset.Spans, "span_id", trace: 999)).ShouldBe([5_001L]);

        static SpanRow SpanOf(int day, int trace, long number) =>
            Some.Span(number + day * 1_000) with
            {
                TraceId = (UInt128)trace,
                ProjectId = number % 3,
                Timestamp = Some.Noon + day * 86_400_000_000 + number * 1_000_000,
            };

        static EventRow EventOf(int day, int trace) =>
            Some.Event((UInt128)day) with
            {
                TraceId = (UInt128)trace,
                Timestamp = Some.Noon + day * 86_400_000_000,
            };
    }

    async Task<IReadOnlyList<object?>> IdsAsync(Dataset dataset, string id, int trace) =>
        [
            .. (
                await AskAsync(
                    new()
                    {
                        Dataset = dataset,
                        Range = TimeRange.All,
                        Select = [new("id", new Expression.Field(id))],
                        Where = new Filter.Compare(new Expression.Field("trace"), Comparison.Equal, (UInt128)trace),
                        Limit = 10_000,
                    }
                )
            ).Rows.Select(row => row[0]),
        ];

    [Fact]
    public async Task A_closed_day_takes_a_late_batch_and_can_be_closed_again()
    {
        await ApplyAsync(Some.Batch(1, Mixed(50)));
        await CloseAsync();

        await ApplyAsync(Some.Batch(2, Mixed(20, seed: 2)));

        Day.IsClosed.ShouldBeFalse();
        (await CountAsync()).ShouldBe(70);
        await ReopenAsync();
        Day.IsClosed.ShouldBeFalse();
        var open = await AllAsync();
        (await CloseAsync()).ShouldBeTrue();
        (await AllAsync()).ShouldBe(open);
    }

    [Fact]
    public async Task To_close_a_closed_day_changes_nothing()
    {
        await ApplyAsync(Some.Batch(1, Mixed(50)));
        await CloseAsync();

        (await CloseAsync()).ShouldBeTrue();

        (await CountAsync()).ShouldBe(50);
    }

    [Fact]
    public async Task A_day_that_does_not_exist_cannot_be_closed() => (await CloseAsync()).ShouldBeFalse();

    [Fact]
    public async Task Batches_and_queries_go_on_while_a_day_is_closed()
    {
        await ApplyAsync(Some.Batch(1, Mixed(2_000)));
        var closing = CloseAsync();
        for (var position = 2; position < 30; position++)
        {
            await ApplyAsync(new TelemetryBatch(position, Some.Day.AddDays(1)) { Events = Mixed(10, position) });
            (await CountAsync()).ShouldBe(2_000 + (position - 1) * 10);
        }
        (await closing).ShouldBeTrue();

        (await CountAsync()).ShouldBe(2_280);
    }

    /// <summary>The batch comes before, during or after the closing, as the machine likes; it counts once in any case.</summary>
    [Fact]
    public async Task A_batch_for_the_day_goes_before_its_closing()
    {
        for (var round = 0; round < 10; round++)
        {
            var closing = CloseAsync();
            await ApplyAsync(Some.Batch(round + 1, Mixed(500, round + 1)));
            await closing;
            (await CountAsync()).ShouldBe((round + 1) * 500);
        }
        await ReopenAsync();
        (await CountAsync()).ShouldBe(5_000);
        Store.Applied.ShouldBe(10);
    }

    [Fact]
    public async Task A_closed_day_can_be_built_anew()
    {
        await ApplyAsync(Some.Batch(1, Mixed(50)));
        await CloseAsync();

        await Store.RebuildAsync(Some.Day, Rows(), Cancellation);

        (await CountAsync()).ShouldBe(20);
        (await CloseAsync()).ShouldBeTrue();
        (await CountAsync()).ShouldBe(20);

        static async IAsyncEnumerable<TelemetryBatch> Rows()
        {
            await Task.Yield();
            yield return Some.Batch(1, Mixed(20));
        }
    }

    [Fact]
    public async Task A_closing_that_nobody_waits_for_any_more_leaves_the_day_as_it_was()
    {
        await ApplyAsync(Some.Batch(1, Mixed(500)));
        using var cancelled = new CancellationTokenSource();
        var closing = Store.CloseAsync(Some.Day, cancelled.Token);
        await cancelled.CancelAsync();
        try
        {
            await closing;
        }
        catch (OperationCanceledException) { }

        await ApplyAsync(Some.Batch(2, Mixed(5, 2)));
        (await CountAsync()).ShouldBe(505);
    }
}
