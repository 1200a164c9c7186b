using Tocsin.Protocol.Traces;
using static Protocol.Tests.Traces.SpanReading;

namespace Protocol.Tests.Traces;

public class SpanTextTests
{
    [Fact]
    public void Null_characters_are_left_out_of_a_transactions_spans()
    {
        var read = Transaction(
            With(
                """
                "transaction":"GET \u0000/cart","spans":[{"span_id":"00000000000000a1","trace_id":"4c79f60c11214eb38604f4ae0781bfb2",
                "op":"d\u0000b","description":"SELECT '\u0000'","origin":"a\u0000","start_timestamp":100.6,"timestamp":100.7,
                "data":{"k\u0000":"v\u0000","k":"second"},"tags":{"t\u0000":"w\u0000"}}]
                """
            )
        );
        read.Segment.Name.ShouldBe("GET /cart");
        var span = read.Children.ShouldHaveSingleItem();
        (span.Op, span.Name, span.Origin).ShouldBe(("db", "SELECT ''", "a"));
        span.Attributes.ShouldBe([new("k", AttributeValue.Of("v")), new("t", AttributeValue.Of("w"))]);
    }

    [Fact]
    public void Null_characters_are_left_out_of_streamed_spans()
    {
        var span = Batch(
            """
            {"items":[{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000a1","name":"GET \u0000","start_timestamp":1,
            "end_timestamp":2,"attributes":{"sentry.release":{"type":"string","value":"shop@\u00001"}}}]}
            """
        )
            .Spans.ShouldHaveSingleItem();
        span.Name.ShouldBe("GET ");
        span.Value("sentry.release").ShouldBe("shop@1");
    }
}
