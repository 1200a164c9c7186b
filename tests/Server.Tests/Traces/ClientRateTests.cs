using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Normalise;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

/// <summary>For how many spans one stands that a client sent of them.</summary>
public sealed class ClientRateTests
{
    static string Head(string rate) => $$"""{"trace":{"trace_id":"{{TraceId}}","sample_rate":{{rate}} } }""";

    static string Number(string key, string value) => $$""" "{{key}}":{"value":{{value}},"type":"double"} """;

    static string ExportJson(string properties) =>
        $$"""
            {"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{"traceId":"{{TraceId}}","spanId":"00000000000000aa","name":"GET /cart",
            "startTimeUnixNano":"{{Start}}000000000","endTimeUnixNano":"{{Start + 1}}000000000",{{properties}}}]}]}]}
            """;

    static (double Weight, double? Rate) Of(PreparedItem item, string span = "aa")
    {
        item.Outcome.ShouldBe(Outcome.Accepted);
        var row = RowOf(item, span);
        return (row.Weight, row.ClientSampleRate);
    }

    [Fact]
    public void Every_span_of_a_transaction_stands_for_as_many_as_the_head_of_the_trace_says()
    {
        var item = Transaction(TransactionJson(spans: SpanJson("b1", "aa", 0, 10)), envelope: Head("\"0.1\""));

        Of(item).ShouldBe((10, 0.1));
        Of(item, "b1").ShouldBe((10, 0.1));
    }

    [Fact]
    public void So_does_every_streamed_span()
    {
        var item = Spans(
            Container(Streamed("aa", "GET /cart", more: """ "is_segment":true, """), Streamed("b1", "SELECT 1")),
            envelope: Head("0.1")
        );

        Of(item).ShouldBe((10, 0.1));
        Of(item, "b1").ShouldBe((10, 0.1));
    }

    [Fact]
    public void So_does_a_single_span() =>
        Of(Spans(SpanJson("b1", "aa", 0, 10), envelope: Head("0.1")), "b1").ShouldBe((10, 0.1));

    [Theory]
    [InlineData("ot=th:0", 1.0, 1.0)]
    [InlineData("ot=th:8", 2.0, 0.5)]
    [InlineData("ot=th:c", 4.0, 0.25)]
    [InlineData("ot=th:c0000000000000", 4.0, 0.25)]
    [InlineData("ot=rv:0123456789abcd;th:f8", 32.0, 0.03125)]
    [InlineData("vendor=ot=th:8, ot=th:c , other=1", 4.0, 0.25)]
    public void A_span_of_an_export_stands_for_as_many_as_the_threshold_in_its_trace_state_says(
        string state,
        double weight,
        double rate
    ) => Of(Export(ExportJson($"\"traceState\":\"{state}\""))).ShouldBe((weight, rate));

    [Fact]
    public void A_tenth_as_samplers_write_it_is_a_tenth() =>
        ClientRate.OfTraceState("ot=th:e6666666666668").ShouldNotBeNull().ShouldBe(0.1, 1e-12);

    /// <summary>The last is fifteen digits, the one before a rate below a millionth.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("ot=")]
    [InlineData("ot=th:")]
    [InlineData("ot=th:g")]
    [InlineData("ot=th:-8")]
    [InlineData("ot=th:0x8")]
    [InlineData("ot=p:8;r:62")]
    [InlineData("other=th:8")]
    [InlineData("th:8")]
    [InlineData(",;=,ot")]
    [InlineData("ot=th:fffffffffffff0")]
    [InlineData("ot=th:800000000000000")]
    public void A_trace_state_without_a_legal_threshold_costs_nothing(string state) =>
        Of(Export(ExportJson($"\"traceState\":\"{state}\""))).ShouldBe((1, null));

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("1.0", 1.0)]
    [InlineData("\"1\"", 1.0)]
    [InlineData("0.25", 4.0)]
    [InlineData("\"0.25\"", 4.0)]
    [InlineData("25e-2", 4.0)]
    [InlineData("\"25e-2\"", 4.0)]
    [InlineData("\" 0.25 \"", 4.0)]
    [InlineData("0.000001", 1e6)]
    public void A_rate_is_a_number_or_its_text(string rate, double weight)
    {
        Of(Transaction(TransactionJson(), envelope: Head(rate))).Weight.ShouldBe(weight, weight * 1e-12);
        Of(Transaction(TransactionJson(trace: $"\"client_sample_rate\":{rate},"))).Weight.ShouldBe(weight, weight * 1e-12);
        Of(Spans(Container(Streamed("aa", "x", Number("sentry.client_sample_rate", rate)))))
            .Weight.ShouldBe(weight, weight * 1e-12);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("-0.5")]
    [InlineData("1.5")]
    [InlineData("\"1.5\"")]
    [InlineData("1e-300")]
    [InlineData("\"1e-300\"")]
    [InlineData("9e-7")]
    [InlineData("1e999")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"0,25\"")]
    [InlineData("\"many\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[0.5]")]
    public void What_is_no_rate_is_as_good_as_absent_and_loses_nothing(string rate)
    {
        Of(Transaction(TransactionJson(), envelope: Head(rate))).ShouldBe((1, null));
        Of(Transaction(TransactionJson(trace: $"\"client_sample_rate\":{rate},"))).ShouldBe((1, null));
        Of(Transaction(TransactionJson(trace: $"\"client_sample_rate\":0.5,"), envelope: Head(rate))).ShouldBe((2, 0.5));
        Of(Spans(Container(Streamed("aa", "x", Number("sentry.client_sample_rate", rate))))).ShouldBe((1, null));
        Of(Spans(SpanJson("aa", "b1", 0, 10, $"\"client_sample_rate\":{rate},"))).ShouldBe((1, null));
    }

    [Fact]
    public void Nobody_who_states_no_rate_is_extrapolated()
    {
        Of(Transaction(TransactionJson())).ShouldBe((1, null));
        Of(Spans(Container(Streamed("aa", "x")))).ShouldBe((1, null));
        Of(Export(ExportJson("\"kind\":2"))).ShouldBe((1, null));
    }

    /// <summary>A service that only goes on with a trace was not asked whether to sample it; some clients then state 1.</summary>
    [Fact]
    public void The_head_of_the_trace_is_believed_before_the_service()
    {
        const string own = """ "client_sample_rate":0.5,"data":{"sentry.sample_rate":1}, """;
        Of(Transaction(TransactionJson(trace: own), envelope: Head("0.1"))).ShouldBe((10, 0.1));
        Of(Transaction(TransactionJson(trace: own))).ShouldBe((2, 0.5));
        Of(Transaction(TransactionJson(trace: """ "data":{"sentry.sample_rate":0.2}, """))).ShouldBe((5, 0.2));

        var streamed = Container(Streamed("aa", "x", Number("sentry.sample_rate", "0.2")));
        Of(Spans(streamed, envelope: Head("0.1"))).ShouldBe((10, 0.1));
        Of(Spans(streamed)).ShouldBe((5, 0.2));
    }

    [Fact]
    public void Of_an_export_the_threshold_is_believed_before_an_attribute() =>
        Of(
                Export(
                    ExportJson(
                        """ "traceState":"ot=th:c","attributes":[{"key":"sentry.client_sample_rate","value":{"doubleValue":0.5}}] """
                    )
                )
            )
            .ShouldBe((4, 0.25));

    [Fact]
    public void A_span_that_does_not_say_has_its_segments_rate()
    {
        var segment = Streamed("aa", "GET /cart", Number("sentry.sample_rate", "0.2"), """ "is_segment":true, """);
        var child = Streamed("b1", "SELECT 1", Attribute("sentry.segment.id", "00000000000000aa"));

        Of(Spans(Container(child, segment)), "b1").ShouldBe((5, 0.2));
    }

    [Fact]
    public void The_clients_rate_and_the_projects_multiply()
    {
        var kept = 0;
        for (var number = 1; number <= 200; number++)
        {
            var trace = $"{number:x8}{number * 7919 + 13:x24}";
            var options = ProjectOptions.Default with { SamplingRules = [new(1, 0.25)] };
            PreparedItem[] items =
            [
                Transaction(TransactionJson().Replace(TraceId, trace), options, Head("0.1")),
                Spans(Container(Streamed("aa", "x", trace: trace)), options, Head("0.1")),
                Spans(SpanJson("aa", "b1", 0, 10).Replace(TraceId, trace), options, Head("0.1")),
            ];
            // Which are kept is decided by the trace alone, whatever the client's rate.
            items.Select(item => item.Outcome).Distinct().ShouldHaveSingleItem();
            if (items[0].Outcome == Outcome.Accepted)
            {
                kept++;
                items.ShouldAllBe(item => item.Spans[0].Weight == 40);
            }
        }
        kept.ShouldBeInRange(30, 70);
    }
}
