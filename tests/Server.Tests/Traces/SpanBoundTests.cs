using System.Text.Json.Nodes;
using Server.Tests.Errors;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Countries;
using Tocsin.Server.Traces;
using Tocsin.Server.Traces.Normalise;
using Tocsin.Telemetry.Rows;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

/// <summary>What a client may do to the rows of its spans, and no more.</summary>
public sealed class SpanBoundTests
{
    [Fact]
    public void A_name_without_end_is_cut_in_the_rows_of_all_that_lies_below_it()
    {
        var item = Spans(
            Container(
                Streamed("aa", "GET /cart", Attribute("host.name", new string('h', 50_000)), "\"is_segment\":true,"),
                Streamed("bb", "work", Attribute("sentry.segment.id", "00000000000000aa"))
            )
        );
        item.Spans.Select(row => row.ServerName!.Length).ShouldBe([200, 200]);
    }

    [Fact]
    public void What_a_program_says_of_itself_is_not_repeated_without_end()
    {
        var segments = Enumerable
            .Range(1, 2500)
            .Select(id => new Span
            {
                TraceId = 1,
                SpanId = id,
                IsSegment = true,
                Start = 1,
                End = 2,
                Attributes = [],
            });
        var source = new SpanSource([.. segments], Surroundings.Unknown)
        {
            Attributes = [new("process.command_line", AttributeValue.Of(new string('x', 8000)))],
        };
        var item = SpanPreparation.Prepare(SomeErrors.Context("otlp_traces"), [source], [], new(), CountryTable.None);
        var telling = item.Spans.Count(row => row.Attributes.Contains("command_line", StringComparison.Ordinal));
        telling.ShouldBeInRange(2000, 2200);
        item.Spans.Count.ShouldBe(2500);
    }

    [Fact]
    public void Events_that_find_no_room_are_left_out_whole_and_counted()
    {
        var events = string.Join(
            ',',
            Enumerable
                .Range(0, 120)
                .Select(at =>
                    $$"""{"name":"{{new string('m', 60)}}","timeUnixNano":"{{at}}","attributes":[{"key":"n","value":{"intValue":"{{at}}"} }]}"""
                )
        );
        var attributes = JsonNode.Parse(Exported($$""" "events":[{{events}}], """).Attributes)!;

        var list = attributes["span.events"].ShouldBeOfType<JsonArray>();
        list.Select(one => (int)one!["attributes"]!["n"]!).ShouldBe(Enumerable.Range(0, list.Count));
        list.Count.ShouldBeInRange(40, 119);
        ((int)attributes["tocsin.dropped_events_count"]!).ShouldBe(120 - list.Count);
    }

    [Fact]
    public void Attributes_that_find_no_room_are_counted()
    {
        var many = string.Join(',', Enumerable.Range(0, 510).Select(at => Attribute($"key{at}", "x")));
        var attributes = JsonNode.Parse(Spans(Container(Streamed("aa", "work", many))).Spans.Single().Attributes)!.AsObject();

        attributes.Count.ShouldBe(501);
        ((int)attributes["tocsin.dropped_attributes_count"]!).ShouldBe(10);
    }

    static SpanRow Exported(string fields) =>
        Export(
            $$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{TraceId}}","spanId":"00000000000000aa","name":"stream",{{fields}}
            "startTimeUnixNano":"{{Start:F0}}000000000","endTimeUnixNano":"{{Start + 1:F0}}000000000"}]}]}]}
            """
        )
            .Spans.Single();

    [Fact]
    public void Of_a_whole_that_is_next_to_nothing_there_is_no_ratio()
    {
        var row = RowOf(
            Transaction(
                TransactionJson(
                    """ "measurements":{"frames_slow":{"value":1e308},"frames_total":{"value":1e-300},"stall_total_time":{"value":9e307}}, """
                )
            ),
            "aa"
        );
        row.Measurements.ShouldNotContain("frames_slow_rate");
        row.Measurements.ShouldContain("\"stall_percentage\"");
    }
}
