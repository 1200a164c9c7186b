using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;
using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Gateway;

/// <summary>Exports of OpenTelemetry over HTTP: what opens the door, and answers in the request's own encoding.</summary>
public sealed class OtlpDoorTests
{
    static readonly (string, string) Key = ("X-Sentry-Auth", SomeGateway.Auth);

    [Theory]
    [InlineData("/api/42/otlp/v1/traces", "v1/traces")]
    [InlineData("/api/42/otlp/v1/traces/", "v1/traces")]
    [InlineData("/api/42/integration/otlp/v1/traces", "v1/traces")]
    [InlineData("/api/42/integration/otlp/v1/logs/", "v1/logs")]
    [InlineData("/api/42/integration/otlp/v1/metrics", "v1/metrics")]
    [InlineData("/v1/traces", "v1/traces")]
    [InlineData("/v1/logs", "v1/logs")]
    [InlineData("/v1/metrics/", "v1/metrics")]
    public async Task Each_signal_has_its_doors_in_both_encodings(string path, string signal)
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (var type in (string[])[SomeExport.Json, SomeExport.Protobuf])
        {
            var body = SomeExport.Of(Enum.Parse<OtlpSignal>(signal[3..], ignoreCase: true), type);

            var answer = await gateway.PostAsync(path, body, Key, ("Content-Type", type));

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(type == SomeExport.Json ? "{}" : "");
            var (receipt, kept) = (await gateway.KeptAsync())[^1];
            (receipt.Door, receipt.ContentType).ShouldBe((Door.Otlp, type));
            receipt.Path.ShouldNotBeNull().ShouldEndWith(signal);
            kept.ShouldBe(body);
        }
    }

    [Theory]
    [InlineData("X-Sentry-Auth", "sentry sentry_key={0}")]
    [InlineData("Authorization", "Sentry sentry_version=7,sentry_key={0}")]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer https://{0}@tocsin.example/42")]
    [InlineData("Authorization", "DSN https://{0}@tocsin.example/42")]
    [InlineData("Authorization", "https://{0}@tocsin.example/42")]
    public async Task The_key_may_stand_in_any_header_that_an_exporter_can_be_told(string name, string value)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(
            "/v1/traces",
            SomeExport.Spans(1),
            (name, string.Format(null, value, SomeGateway.Key)),
            ("Content-Type", SomeExport.Protobuf)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.ProjectId.ShouldBe(SomeGateway.Project);
    }

    [Fact]
    public async Task A_bearer_opens_no_other_door()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var bearer = ("Authorization", $"Bearer {SomeGateway.Key}");
        (await gateway.PostAsync("/api/42/store/", "{}"u8.ToArray(), bearer)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task An_export_may_be_compressed_and_chunked(string encoding)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var kind = Enum.GetValues<ContentCoding>().Single(each => ContentCodings.Name([each]) == encoding);
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces")
        {
            Content = new ByteArrayContent(Coded.As(kind, SomeExport.Spans(100))),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation(Key.Item1, Key.Item2);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", SomeExport.Protobuf);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        var answer = await gateway.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.Encoding.ShouldBe(encoding);
    }

    [Fact]
    public async Task Bad_spans_are_told_beside_the_good_ones()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync("/v1/traces", SomeExport.Spans(5, 2), Key, ("Content-Type", SomeExport.Protobuf));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var partial = new NaiveProto(await answer.Content.ReadAsByteArrayAsync()).All(1).Single();
        partial.Number(1).ShouldBe(2UL);
        partial.Text(2).ShouldBe("trace_id is missing or none (2)");
        (await gateway.KeptAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Bad_spans_are_told_in_JSON_too()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var body = """{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}"""u8.ToArray();

        var answer = await gateway.PostAsync("/v1/traces", body, Key, ("Content-Type", SomeExport.Json));

        var partial = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["partialSuccess"]!;
        partial["rejectedSpans"]!.GetValue<string>().ShouldBe("1");
        partial["errorMessage"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    /// <summary>Without a content type, or with one that names neither form, the body tells.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    public async Task Who_does_not_say_that_it_is_JSON_is_answered_in_JSON_too(string? type)
    {
        await using var gateway = await SomeGateway.StartAsync();
        (string, string)[] headers = type is null ? [Key] : [Key, ("Content-Type", type)];

        var good = await gateway.PostAsync("/v1/traces", SomeExport.Of(OtlpSignal.Traces, SomeExport.Json), headers);
        var partial = await gateway.PostAsync(
            "/v1/traces",
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}"""u8.ToArray(),
            headers
        );
        var broken = await gateway.PostAsync("/v1/traces", "{\n\"resourceSpans\":"u8.ToArray(), headers);
        var binary = await gateway.PostAsync("/v1/traces", SomeExport.Spans(1), headers);

        good.Content.Headers.ContentType!.MediaType.ShouldBe(SomeExport.Json);
        (await good.Content.ReadAsStringAsync()).ShouldBe("{}");
        partial.Content.Headers.ContentType!.MediaType.ShouldBe(SomeExport.Json);
        var told = JsonNode.Parse(await partial.Content.ReadAsStringAsync())!["partialSuccess"]!;
        told["rejectedSpans"]!.GetValue<string>().ShouldBe("1");
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(broken, SomeExport.Json)).Code.ShouldBe(3);
        binary.Content.Headers.ContentType!.MediaType.ShouldBe(SomeExport.Protobuf);
    }

    [Theory]
    [InlineData(SomeExport.Json, "{}")]
    [InlineData(SomeExport.Json, "{\"resourceSpans\":[]}")]
    [InlineData(SomeExport.Protobuf, "")]
    public async Task An_export_of_nothing_is_a_success_that_leaves_nothing(string type, string body)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync("/v1/traces", Encoding.UTF8.GetBytes(body), Key, ("Content-Type", type));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldBeEmpty();
        (await gateway.RefusedAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/traces", SomeExport.Json)]
    [InlineData("/v1/logs", SomeExport.Json)]
    [InlineData("/v1/traces", SomeExport.Protobuf)]
    [InlineData("/v1/metrics", SomeExport.Protobuf)]
    public async Task What_is_no_export_is_refused_with_a_status_and_counted(string path, string type)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(path, [0x7B, 0x0A, 0xFF], Key, ("Content-Type", type));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(answer, type)).Code.ShouldBe(3);
        (await gateway.KeptAsync()).ShouldBeEmpty();
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(OutcomeKind.Invalid);
    }

    [Theory]
    [InlineData(SomeExport.Json)]
    [InlineData(SomeExport.Protobuf)]
    public async Task Who_has_no_key_reads_why_in_his_own_encoding(string type)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync("/v1/traces", [], ("Content-Type", type));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(answer, type)).ShouldBe((16, "missing authorization information"));
    }

    [Fact]
    public async Task Too_much_is_413_and_a_bomb_too()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { Batch = 10_000 });

        var large = await gateway.PostAsync("/v1/traces", SomeExport.Spans(500), Key, ("Content-Type", SomeExport.Protobuf));
        var bomb = await gateway.PostAsync(
            "/v1/traces",
            Coded.Bomb(ContentCoding.Gzip, 1 << 22),
            Key,
            ("Content-Type", SomeExport.Protobuf),
            ("Content-Encoding", "gzip")
        );

        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        bomb.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await StatusAsync(bomb, SomeExport.Protobuf)).Code.ShouldBe(8);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { KeyRequests = new(1, 60) });
        await gateway.PostAsync("/v1/traces", SomeExport.Spans(1), Key);

        var answer = await gateway.PostAsync("/v1/traces", SomeExport.Spans(1), Key, ("Content-Type", SomeExport.Protobuf));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        var status = new NaiveProto(await answer.Content.ReadAsByteArrayAsync());
        status.Number(1).ShouldBe(8UL);
        status.All(3).Single().Text(1).ShouldBe("type.googleapis.com/google.rpc.RetryInfo");
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Category.ShouldBe(DataCategory.Span);
    }

    [Fact]
    public async Task A_server_that_holds_too_much_asks_to_come_back()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { Held = 20_000 });

        var answer = await gateway.PostAsync("/v1/traces", SomeExport.Spans(500), Key, ("Content-Type", SomeExport.Protobuf));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await StatusAsync(answer, SomeExport.Protobuf)).Code.ShouldBe(14);
        gateway.HeldBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Spans_of_a_page_that_may_not_send_are_counted_one_by_one()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.ChangeOptionsAsync(options => options with { AllowedDomains = ["shop.example"] });

        var answer = await gateway.PostAsync(
            "/v1/traces",
            SomeExport.Spans(7),
            Key,
            ("Origin", "https://evil.example"),
            ("Content-Type", SomeExport.Protobuf)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (refused.Reason, refused.Category, refused.Quantity).ShouldBe(("cors", DataCategory.Span, 7));
    }

    static async Task<(int Code, string Message)> StatusAsync(HttpResponseMessage answer, string type)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        if (type == SomeExport.Json)
        {
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            return (json["code"]!.GetValue<int>(), json["message"]!.GetValue<string>());
        }
        var status = new NaiveProto(await answer.Content.ReadAsByteArrayAsync());
        return ((int)status.Number(1), status.Text(2)!);
    }
}
