using static Protocol.Tests.Otlp.SomeOtlp;

namespace Protocol.Tests.Otlp;

/// <summary>What OpenTelemetry's conventions mean in Sentry's words.</summary>
public class MeaningTests
{
    const int Internal = 1;
    const int Server = 2;
    const int Client = 3;
    const int Producer = 4;
    const int Consumer = 5;

    [Theory]
    [InlineData(Server, "http.request.method", "GET", "http.server")]
    [InlineData(Client, "http.method", "GET", "http.client")]
    [InlineData(Internal, "http.method", "GET", "http")]
    [InlineData(Client, "db.system.name", "postgresql", "db")]
    [InlineData(Client, "db.system", "redis", "db.redis")]
    [InlineData(Client, "db.statement", "SELECT 1", "db")]
    [InlineData(Client, "rpc.system", "grpc", "rpc.client")]
    [InlineData(Server, "rpc.service", "Carts", "rpc.server")]
    [InlineData(Producer, "messaging.system", "kafka", "queue.publish")]
    [InlineData(Consumer, "messaging.system", "kafka", "queue.process")]
    [InlineData(Client, "messaging.operation", "receive", "queue.receive")]
    [InlineData(Client, "messaging.operation", "settle", "queue.settle")]
    [InlineData(Client, "messaging.operation.name", "ack", "queue.settle")]
    [InlineData(Client, "messaging.operation.name", "poll", "queue.receive")]
    [InlineData(Internal, "gen_ai.operation.name", "chat", "gen_ai.chat")]
    [InlineData(Client, "gen_ai.system", "openai", "gen_ai")]
    [InlineData(Server, "mcp.method.name", "tools/call", "mcp.server")]
    [InlineData(Internal, "graphql.source", "{ cart { id } }", "graphql")]
    [InlineData(Internal, "graphql.operation.type", "query", "graphql")]
    [InlineData(Server, "faas.trigger", "timer", "function.timer")]
    [InlineData(Client, "sentry.op", "my.op", "my.op")]
    [InlineData(Internal, "code.function", "f", null)]
    public void The_op_follows_from_kind_and_attributes(int kind, string key, string value, string? op) =>
        Read(Request(Span(1, kind: kind).Of(9, Text(key, value)))).Single().Op.ShouldBe(op);

    [Fact]
    public void A_question_to_a_database_over_HTTP_is_one_to_a_database() =>
        Read(
                Request(
                    Span(1, kind: Client)
                        .Of(9, Text("http.request.method", "POST"))
                        .Of(9, Text("db.system.name", "elasticsearch"))
                )
            )
            .Single()
            .Op.ShouldBe("db");

    [Fact]
    public void The_server_spans_of_AspNetCore_need_no_attributes()
    {
        var scope = new ProtoMessage().Of(1, new ProtoMessage().Of(1, "Microsoft.AspNetCore")).Of(2, Span(1, kind: Server));
        Read(new ProtoMessage().Of(1, new ProtoMessage().Of(2, scope))).Single().Op.ShouldBe("http.server");
    }

    [Theory]
    [InlineData(0, null, null, 0, "ok")]
    [InlineData(1, "whatever", "http.response.status_code", 500, "ok")]
    [InlineData(0, null, "http.status_code", 404, "not_found")]
    [InlineData(0, null, "http.response.status_code", 204, "ok")]
    [InlineData(2, null, null, 0, "internal_error")]
    [InlineData(2, "card declined", null, 0, "internal_error")]
    [InlineData(2, "deadline_exceeded", null, 0, "deadline_exceeded")]
    [InlineData(2, null, "http.response.status_code", 429, "resource_exhausted")]
    [InlineData(2, "Error", "http.response.status_code", 503, "unavailable")]
    [InlineData(2, "internal", "rpc.grpc.status_code", 5, "not_found")]
    [InlineData(2, "failure", null, 0, "internal_error")]
    [InlineData(2, null, "http.response.status_code", 200, "internal_error")]
    [InlineData(2, null, "rpc.grpc.status_code", 14, "unavailable")]
    [InlineData(0, null, "rpc.grpc.status_code", 1, "cancelled")]
    [InlineData(2, null, "rpc.grpc.status_code", 99, "internal_error")]
    [InlineData(2, null, "rpc.grpc.status_code", 2, "internal_error")]
    [InlineData(2, "Unknown", null, 0, "internal_error")]
    [InlineData(2, "Not Found", null, 0, "not_found")]
    [InlineData(0, null, "rpc.grpc.status_code", 2, "unknown")]
    public void The_status_follows_from_code_message_and_attributes(
        int code,
        string? message,
        string? key,
        long value,
        string status
    )
    {
        var read = new ProtoMessage().Varint(3, (ulong)code);
        var span = Span(1).Of(15, message is null ? read : read.Of(2, message));
        Read(Request(key is null ? span : span.Of(9, Whole(key, value)))).Single().Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(null, Client, null, true)]
    [InlineData(9L, Client, null, false)]
    [InlineData(9L, Server, null, true)]
    [InlineData(9L, Consumer, null, true)]
    [InlineData(9L, Internal, 0x300u, true)]
    [InlineData(9L, Server, 0x100u, false)]
    [InlineData(null, Internal, 0x100u, true)]
    public void A_segment_has_no_parent_in_its_service(long? parent, int kind, uint? flags, bool isSegment) =>
        Read(Request(Span(1, parent, kind, flags))).Single().IsSegment.ShouldBe(isSegment);

    [Fact]
    public void A_span_below_another_services_is_a_segment()
    {
        var read = Read(
            new ProtoMessage()
                .Of(1, Service("front", Span(1), Span(2, 1)))
                .Of(1, Service("back", Span(3, 2, Internal), Span(4, 3)))
        );
        read.Spans()
            .Select(span => (span.SpanId, span.IsSegment, span.SegmentId))
            .ShouldBe([(1, true, 1), (2, false, 1), (3, true, 3), (4, false, 3)]);
    }

    [Fact]
    public void Spans_of_one_service_find_their_segment_whatever_their_order()
    {
        var read = Read(new ProtoMessage().Of(1, Service("a", Span(3, 2), Span(2, 1))).Of(1, Service("a", Span(1), Span(9, 8))));
        read.Spans().Select(span => (span.SpanId, span.SegmentId)).ShouldBe([(3, 1), (2, 1), (1, 1), (9, null)]);
    }

    [Fact]
    public void Parents_in_a_circle_end_somewhere()
    {
        var read = Read(Request(Span(1, 2), Span(2, 1), Span(3, 3)));
        read.Spans()
            .Select(span => (span.SpanId, span.ParentSpanId, span.SegmentId))
            .ShouldBe([(1, 2, null), (2, 1, null), (3, null, null)]);
    }

    [Theory]
    [InlineData(0, "14", "unavailable")]
    [InlineData(2, "14", "unavailable")]
    [InlineData(2, "DEADLINE_EXCEEDED", "deadline_exceeded")]
    [InlineData(0, "OK", "ok")]
    [InlineData(0, "CartError", "ok")]
    public void What_a_call_answered_says_more_than_the_HTTP_below_it(int code, string answer, string status)
    {
        var span = Span(1, kind: Client)
            .Of(15, new ProtoMessage().Varint(3, (ulong)code))
            .Of(9, Whole("http.response.status_code", 200))
            .Of(9, Text("rpc.response.status_code", answer));
        Read(Request(span)).Single().Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("503", "unavailable")]
    [InlineData("NOT_FOUND", "not_found")]
    [InlineData("System.TimeoutException", "internal_error")]
    public void The_type_of_an_error_may_be_a_status(string type, string status)
    {
        var failed = Span(1, kind: Client).Of(15, new ProtoMessage().Varint(3, 2)).Of(9, Text("error.type", type));
        Read(Request(failed)).Single().Status.ShouldBe(status);
    }

    [Fact]
    public void The_resource_tells_release_environment_and_platform()
    {
        var resource = new ProtoMessage()
            .Of(1, Text("service.name", "shop"))
            .Of(1, Text("service.version", "1.2.3"))
            .Of(1, Text("deployment.environment.name", "prod"))
            .Of(1, Text("host.name", "box"))
            .Of(1, Text("telemetry.sdk.language", "nodejs"));
        var scope = new ProtoMessage().Of(2, Span(1));
        var read = Read(new ProtoMessage().Of(1, new ProtoMessage().Of(1, resource).Of(2, scope))).Services.Single().Resource;
        (read.ServiceName, read.Release, read.Environment, read.HostName, read.Platform).ShouldBe(
            ("shop", "1.2.3", "prod", "box", "node")
        );
    }
}
