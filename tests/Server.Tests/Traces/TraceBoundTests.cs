using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

/// <summary>What an answer about traces leaves out for its size, it says.</summary>
public class TraceBoundTests
{
    const string Organization = "/api/0/organizations/default";
    static readonly string Trace = $"{1:x32}";

    /// <param name="age">Milliseconds before a minute ago.</param>
    static SpanRow Span(TocsinHost host, UInt128 trace, long id, double age) =>
        new()
        {
            ProjectId = 1,
            TraceId = trace,
            SpanId = id,
            SegmentId = 1,
            Timestamp = host.Now() - 60_000_000 - (long)(age * 1000),
            Received = host.Now(),
            Duration = 100,
            SelfTime = 100,
            Op = "db.sql.query",
            Transaction = "GET /cart",
        };

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public async Task A_trace_with_more_errors_than_are_read_says_so(int errors, bool more)
    {
        await using var host = await TocsinHost.StartAsync();
        var issue = await host.IssueAsync(1, 1, "Often");
        await host.StoreAsync([], [.. Enumerable.Range(1, errors).Select(id => host.Error(id, issue, 1))]);

        var trace = await host.With().GetJsonAsync($"{Organization}/traces/{Trace}/");
        using var counts = await host.With().GetAsync($"{Organization}/trace-meta/{Trace}/");

        trace.GetProperty("errors").GetArrayLength().ShouldBe(1_000);
        trace.GetProperty("more_errors").GetBoolean().ShouldBe(more);
        trace.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        counts.Headers.Contains("X-Tocsin-Partial").ShouldBe(more);
    }

    [Theory]
    [InlineData(4_999, 2, false)]
    [InlineData(5_000, 1, true)]
    public async Task A_list_that_ends_before_the_traces_do_says_so(int newer, int found, bool partial)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            .. Enumerable.Range(1, newer).Select(id => Span(host, 1, id, id / 100.0)),
            Span(host, 2, 1, 1_000),
        ]);

        var (traces, isPartial) = await ListAsync(host, "query=span.op:db.sql.query");

        traces.Count.ShouldBe(found);
        isPartial.ShouldBe(partial);
        (await ListAsync(host, "query=span.op:db.sql.query&per_page=1")).Partial.ShouldBe(partial);
    }

    [Theory]
    [InlineData("")]
    [InlineData("environment=production")]
    [InlineData("environment=production&project=default")]
    public async Task A_trace_of_very_many_spans_hides_no_other_where_nothing_is_searched_for(string query)
    {
        await using var host = await TocsinHost.StartAsync();
        IReadOnlyList<SpanRow> spans =
        [
            .. Enumerable.Range(2, 5_001).Select(id => Span(host, 1, id, id / 100.0) with { ParentSpanId = 1 }),
            Span(host, 1, 1, 500) with
            {
                IsSegment = true,
            },
            Span(host, 2, 1, 1_000) with
            {
                IsSegment = true,
            },
        ];
        await host.StoreAsync([.. spans.Select(span => span with { Environment = "production" })]);

        var (traces, partial) = await ListAsync(host, query);

        traces.Count.ShouldBe(2);
        partial.ShouldBeFalse();
    }

    [Fact]
    public async Task A_trace_with_very_many_segments_is_named_by_its_root_though_that_starts_last()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            .. Enumerable
                .Range(2, 5_001)
                .Select(id => Span(host, 1, id, 100 + id) with { IsSegment = true, ParentSpanId = 1, Transaction = "a worker" }),
            Span(host, 1, 1, 0) with
            {
                IsSegment = true,
                Transaction = "the root",
            },
        ]);

        var (traces, partial) = await ListAsync(host, "query=span.op:db.sql.query");

        var trace = traces.ShouldHaveSingleItem();
        trace.GetProperty("root").Text("transaction").ShouldBe("the root");
        trace.GetProperty("spans").GetInt64().ShouldBe(5_002);
        partial.ShouldBeTrue();
    }

    static async Task<(IReadOnlyList<JsonElement> Traces, bool Partial)> ListAsync(TocsinHost host, string asked)
    {
        using var answer = await host.With().GetAsync($"{Organization}/traces/?{asked}");
        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        return ([.. body.RootElement.Clone().EnumerateArray()], answer.Headers.Contains("X-Tocsin-Partial"));
    }
}
