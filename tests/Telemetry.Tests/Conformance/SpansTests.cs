using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;
using Tocsin.Telemetry.Rows;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

public abstract class SpansTests : StoreTests
{
    Task GivenAsync(params IReadOnlyList<SpanRow> spans) => ApplyAsync(new(1, Some.Day) { Spans = spans });

    static TelemetryQuery Asking(params IReadOnlyList<string> fields) =>
        Some.Query(fields) with
        {
            Dataset = Dataset.Spans,
            OrderBy = [new(new Field("id"), false)],
        };

    async Task<IReadOnlyList<object?>> IdsAsync(string search)
    {
        SearchParser.TryParse(search, out var term, out _).ShouldBeTrue();
        SearchFilter
            .TryToFilter(term, FieldTable.Spans, DateTimeOffset.UnixEpoch, out var filter, out var error)
            .ShouldBeTrue(error?.Message);
        return [.. (await AskAsync(Asking("id") with { Where = filter })).Rows.Select(row => row[0])];
    }

    [Fact]
    public async Task A_span_is_given_back_as_it_was_stored()
    {
        await GivenAsync(Some.WholeSpan);
        await ReopenAsync();

        (await AskAsync(Asking([.. Some.WholeSpanFields.Keys])))
            .Rows.ShouldHaveSingleItem()
            .ShouldBe(Some.WholeSpanFields.Values);
    }

    [Fact]
    public async Task What_a_span_does_not_have_is_null()
    {
        await GivenAsync(Some.Span());

        var row = (await AskAsync(Asking([.. FieldTable.Spans.Fields.Select(field => field.Name)]))).Rows.ShouldHaveSingleItem();
        var absent = FieldTable
            .Spans.Fields.Zip(row)
            .Where(pair => pair.Second is null)
            .Select(pair => pair.First.Name)
            .ToHashSet();
        string[] expected = ["parent_span", "span.group", "http.status_code", "measurements.lcp", "user", "links"];
        expected.ShouldBeSubsetOf(absent);
        absent.ShouldNotContain("span.op");
        absent.ShouldNotContain("attributes");
    }

    [Fact]
    public async Task A_day_is_read_for_the_spans_it_holds_and_not_for_its_events()
    {
        await ApplyAsync(new(1, Some.Day) { Events = [Some.Event(1)], Spans = [Some.Span(1) with { Timestamp = 1_000 }] });
        await ReopenAsync();

        (await AskAsync(Asking("id") with { Range = new(0, 2_000) })).Rows.Count.ShouldBe(1);
        (await CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("span.duration:>299ms", new[] { 2L, 3 })]
    [InlineData("span.duration:300", new[] { 2L })]
    [InlineData("span.duration:<=0.3s", new[] { 1L, 2 })]
    [InlineData("http.status_code:[404, 500]", new[] { 1L, 3 })]
    [InlineData("tags[http.status_code]:5*", new[] { 3L })]
    [InlineData("span.group:00000000000000ff", new[] { 2L })]
    [InlineData("has:span.group", new[] { 2L })]
    [InlineData("cart.size:7", new[] { 1L })]
    [InlineData("tags[cart.size,number]:>6", new[] { 1L, 3 })]
    [InlineData("tags[span.op]:db*", new[] { 2L })]
    [InlineData("is_transaction:true", new[] { 3L })]
    [InlineData("!has:cart.size", new[] { 2L })]
    public async Task A_search_finds_spans(string search, long[] found)
    {
        await GivenAsync(
            Some.Span(1) with
            {
                Duration = 100_000,
                HttpStatus = 404,
                Attributes = """{"cart.size":7}""",
            },
            Some.Span(2) with
            {
                Duration = 300_000,
                Op = "db.query",
                Group = 0xff,
            },
            Some.Span(3) with
            {
                Duration = 3_000_000,
                HttpStatus = 500,
                IsSegment = true,
                Attributes = """{"cart.size":12.5}""",
            }
        );

        (await IdsAsync(search)).ShouldBe(found.Cast<object>());
    }

    [Fact]
    public async Task Durations_are_summed_and_averaged_in_milliseconds()
    {
        await GivenAsync(Some.Span(1) with { Duration = 1_500 }, Some.Span(2) with { Duration = 500 });

        var duration = new Field("span.duration");
        var result = await AskAsync(
            Asking() with
            {
                Select =
                [
                    new("sum", new Aggregate(AggregateKind.Sum, duration)),
                    new("avg", new Aggregate(AggregateKind.Avg, duration)),
                    new("max", new Aggregate(AggregateKind.Max, duration)),
                ],
                OrderBy = [],
            }
        );
        result.Rows.Single().ShouldBe([2.0, 1.0, 1.5]);
    }

    [Fact]
    public async Task A_rebuilt_day_has_the_given_spans_and_those_that_came_later()
    {
        await GivenAsync(Some.Span(1));
        await ApplyAsync(new(2, Some.Day) { Spans = [Some.Span(2)] });

        await Store.RebuildAsync(Some.Day, Given(), Cancellation);

        (await IdsAsync("")).ShouldBe([2L, 7L]);

        static async IAsyncEnumerable<TelemetryBatch> Given()
        {
            await Task.Yield();
            yield return new(1, Some.Day) { Spans = [Some.Span(7)] };
        }
    }
}
