using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Protocol.Tests.Samples;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

/// <summary>Exports of OpenTelemetry as gRPC calls over HTTP/2 without TLS.</summary>
public sealed class GrpcDoorTests
{
    const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    [Theory]
    [InlineData(Traces, OtlpSignal.Traces, "v1/traces")]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", OtlpSignal.Logs, "v1/logs")]
    [InlineData("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", OtlpSignal.Metrics, "v1/metrics")]
    public async Task A_call_is_kept_as_an_export_over_HTTP_is(string path, OtlpSignal signal, string kept)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var body = SomeExport.Of(signal, SomeExport.Protobuf);

        var answer = await CallAsync(gateway, Frame(body), path);

        (answer.Status, answer.Message.Length).ShouldBe(("0", 0));
        var (receipt, stored) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        (receipt.Door, receipt.Path, receipt.ContentType, receipt.Encoding).ShouldBe((Door.Otlp, kept, SomeExport.Protobuf, ""));
        stored.ShouldBe(body);
    }

    [Fact]
    public async Task A_message_may_be_compressed()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var gzip = Coded.Gzip(SomeExport.Spans(100));

        var answer = await CallAsync(gateway, Frame(gzip, compressed: true), Traces, ("grpc-encoding", "gzip"));

        answer.Status.ShouldBe("0");
        var (receipt, stored) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        receipt.Encoding.ShouldBe("gzip");
        stored.ShouldBe(gzip);
    }

    [Fact]
    public async Task Bad_spans_are_told_in_the_message()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await CallAsync(gateway, Frame(SomeExport.Spans(5, 2)));

        answer.Status.ShouldBe("0");
        new NaiveProto(answer.Message).All(1).Single().Number(1).ShouldBe(2UL);
    }

    [Fact]
    public async Task Without_a_key_the_status_is_unauthenticated()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await CallAsync(gateway, Frame(SomeExport.Spans(1)), Traces, ("x-sentry-auth", ""));

        (answer.Status, answer.Text).ShouldBe(("16", "missing authorization information"));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 7, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 1 })]
    public async Task A_message_that_is_not_what_it_says_is_refused(byte[] body)
    {
        await using var gateway = await SomeGateway.StartAsync();
        (await CallAsync(gateway, body)).Status.ShouldBe("3");
        (await gateway.KeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_announces_more_than_is_taken_is_refused_unread()
    {
        await using var gateway = await SomeGateway.StartAsync();
        (await CallAsync(gateway, [0, 0xFF, 0xFF, 0xFF, 0xFF])).Status.ShouldBe("8");
    }

    [Fact]
    public async Task A_bomb_is_refused()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var bomb = Frame(Coded.Bomb(ContentCoding.Gzip, 1 << 26), compressed: true);
        (await CallAsync(gateway, bomb, Traces, ("grpc-encoding", "gzip"))).Status.ShouldBe("8");
        gateway.HeldBytes.ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_compression_is_unimplemented()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var body = Frame(SomeExport.Spans(1), compressed: true);
        (await CallAsync(gateway, body, Traces, ("grpc-encoding", "snappy"))).Status.ShouldBe("12");
    }

    [Fact]
    public async Task A_limit_is_told_with_when_to_come_back()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { KeyRequests = new(1, 60) });
        await CallAsync(gateway, Frame(SomeExport.Spans(1)));

        var answer = await CallAsync(gateway, Frame(SomeExport.Spans(1)));

        answer.Status.ShouldBe("8");
        var details = new NaiveProto(answer.Details);
        details.Number(1).ShouldBe(8UL);
        details.All(3, 2, 1).Single().Number(1).ShouldBeInRange(1UL, 60UL);
    }

    [Fact]
    public async Task Over_HTTP_1_the_answer_says_what_gRPC_needs()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var answer = await gateway.PostAsync(Traces, Frame(SomeExport.Spans(1)), ("X-Sentry-Auth", SomeGateway.Auth));
        answer.StatusCode.ShouldBe(HttpStatusCode.HttpVersionNotSupported);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("TOCSIN_OTLP_GRPC");
    }

    static byte[] Frame(byte[] message, bool compressed = false)
    {
        var framed = new byte[5 + message.Length];
        framed[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }

    static async Task<(string Status, string? Text, byte[] Message, byte[] Details)> CallAsync(
        SomeGateway gateway,
        byte[] body,
        string path = Traces,
        params (string Name, string Value)[] headers
    )
    {
        using var client = new HttpClient { BaseAddress = gateway.GrpcAddress };
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        foreach (var (name, value) in ((string, string)[])[("x-sentry-auth", SomeGateway.Auth), .. headers])
        {
            request.Headers.Remove(name);
            if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/grpc");
        var framed = await answer.Content.ReadAsByteArrayAsync();
        if (framed.Length > 0)
        {
            framed.ShouldBe(Frame(framed[5..]));
        }
        var trailers = answer.TrailingHeaders;
        var details = trailers.TryGetValues("grpc-status-details-bin", out var packed) ? packed.Single() : "";
        return (
            trailers.GetValues("grpc-status").Single(),
            trailers.TryGetValues("grpc-message", out var text) ? text.Single() : null,
            framed.Length > 0 ? framed[5..] : [],
            Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='))
        );
    }
}
