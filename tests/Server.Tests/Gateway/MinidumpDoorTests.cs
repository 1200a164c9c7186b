using System.Net;
using System.Text;
using Protocol.Tests.Samples;
using Server.Tests.Corpus;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

/// <summary>Crash uploaders: what they send is looked at as far as their answer needs it.</summary>
public sealed class MinidumpDoorTests
{
    const string Id = "0123456789abcdef0123456789abcdef";
    const string Uuid = "01234567-89ab-cdef-0123-456789abcdef";
    const string Form = "multipart/form-data; boundary=b";

    [Theory]
    [InlineData("/api/42/minidump", null)]
    [InlineData("/api/42/minidump/", "application/octet-stream")]
    [InlineData("/api/42/minidump/", "application/x-dmp")]
    public async Task A_dump_may_come_alone(string path, string? contentType)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await SendAsync(gateway, "MDMP..."u8.ToArray(), contentType, path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain");
        var (receipt, body) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        (receipt.Door, receipt.Path).ShouldBe((Door.Minidump, "minidump"));
        body.ShouldBe("MDMP..."u8.ToArray());
        (await answer.Content.ReadAsStringAsync()).ShouldBe(receipt.EventId.ShouldNotBeNull().ToUuid());
    }

    [Theory]
    [InlineData("sentry", $"{{\"event_id\":\"{Id}\"}}")]
    [InlineData("sentry[event_id]", Id)]
    public async Task The_answer_is_the_id_by_which_the_client_knows_its_event(string field, string value)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var body = Encoding.ASCII.GetBytes(Field("upload_file_minidump", "PMDM") + Field(field, value) + "--b--\r\n");

        var plain = await SendAsync(gateway, body, Form);
        var packed = await SendAsync(gateway, Coded.Gzip(body), Form, encoding: "gzip");

        (await plain.Content.ReadAsStringAsync()).ShouldBe(Uuid);
        (await packed.Content.ReadAsStringAsync()).ShouldBe(Uuid);
        (await gateway.KeptAsync()).ShouldAllBe(record => record.Receipt.EventId!.Value.ToUuid() == Uuid);
    }

    [Fact]
    public async Task A_dump_may_be_packed_in_each_of_the_usual_ways()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var dump = new byte[300_000];
        new Random(7).NextBytes(dump);
        "MDMP"u8.CopyTo(dump);
        byte[][] packed =
        [
            Coded.Gzip(dump),
            Coded.As(ContentCoding.Zstd, dump),
            [0xFD, .. "7zXZ"u8, 0, 1, 2],
            [.. "BZh9"u8, 1, 2],
            [.. Encoding.ASCII.GetBytes("--inner\r\nContent-Disposition: form-data; name=x\r\n\r\n")],
        ];
        foreach (var one in packed)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(Head("upload_file_minidump")), .. one, .. "\r\n--b--\r\n"u8];
            (await SendAsync(gateway, body, Form)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await gateway.KeptAsync()).Count.ShouldBe(packed.Length);
    }

    [Theory]
    [InlineData(null, "", "missing minidump", "missing_minidump_upload")]
    [InlineData(Form, "", "missing minidump", "missing_minidump_upload")]
    [InlineData(
        Form,
        "--b\r\nContent-Disposition: form-data; name=prod\r\n\r\nx\r\n--b--",
        "missing minidump",
        "missing_minidump_upload"
    )]
    [InlineData(
        Form,
        "--b\r\nContent-Disposition: form-data; name=upload_file_minidump\r\n\r\n\r\n--b--",
        "missing minidump",
        "missing_minidump_upload"
    )]
    [InlineData(
        Form,
        "--b\r\nContent-Disposition: form-data; name=upload_file_minidump\r\n\r\nMZ..\r\n--b--",
        "invalid minidump",
        "invalid_minidump"
    )]
    [InlineData("application/octet-stream", "no dump", "invalid minidump", "invalid_minidump")]
    [InlineData("application/x-dmp", "MDM", "invalid minidump", "invalid_minidump")]
    [InlineData(Form, "no form", "invalid multipart data", "invalid_multipart")]
    [InlineData(
        Form,
        "--b\r\nContent-Disposition: form-data; name=upload_file_minidump\r\n\r\nMDMP",
        "invalid multipart data",
        "invalid_multipart"
    )]
    [InlineData("multipart/form-data", "--b--", "invalid multipart data", "invalid_multipart")]
    public async Task What_is_no_dump_is_refused(string? contentType, string body, string detail, string reason)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await SendAsync(gateway, Encoding.ASCII.GetBytes(body), contentType);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"detail":"{{detail}}"}""");
        (await gateway.KeptAsync()).ShouldBeEmpty();
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task What_a_client_packed_badly_is_no_dump()
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (
            var body in (byte[][])
                [Coded.Gzip("no dump"u8.ToArray()), [0x1F, 0x8B, 1, 2, 3], Coded.As(ContentCoding.Zstd, "no dump"u8.ToArray())]
        )
        {
            var answer = await SendAsync(gateway, body, "application/octet-stream");
            (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"detail":"invalid minidump"}""");
        }
    }

    [Fact]
    public async Task Every_captured_crash_is_taken()
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (var capture in Capture.OfKind("minidump"))
        {
            var answer = await new SentRequest(capture).SendAsync(gateway.Address);
            answer.Status.ShouldBe(200);
            var kept = (await gateway.KeptAsync())[^1];
            answer.Body.ShouldBe(kept.Receipt.EventId!.Value.ToUuid());
            kept.Body.ShouldBe(capture.Sent());
        }
    }

    [Fact]
    public async Task Files_for_an_event_come_in_a_form()
    {
        await using var gateway = await SomeGateway.StartAsync();
        const string path = $"/api/42/events/{Id}/attachments/";
        var body = Encoding.ASCII.GetBytes(Field("log", "line") + "--b--\r\n");

        (await SendAsync(gateway, body, Form, path)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var bare = await SendAsync(gateway, body, "text/plain", path);

        bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bare.Content.ReadAsStringAsync()).ShouldBe("""{"detail":"invalid multipart data"}""");
        var (receipt, kept) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        (receipt.Door, receipt.EventId!.Value.ToUuid()).ShouldBe((Door.Attachments, Uuid));
        kept.ShouldBe(body);
    }

    static Task<HttpResponseMessage> SendAsync(
        SomeGateway gateway,
        byte[] body,
        string? contentType,
        string path = "/api/42/minidump/",
        string? encoding = null
    )
    {
        List<(string, string)> headers = [("X-Sentry-Auth", SomeGateway.Auth)];
        if (contentType is not null)
        {
            headers.Add(("Content-Type", contentType));
        }
        if (encoding is not null)
        {
            headers.Add(("Content-Encoding", encoding));
        }
        return gateway.PostAsync(path, body, [.. headers]);
    }

    static string Field(string name, string value) => Head(name) + value + "\r\n";

    static string Head(string name) => $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n";
}
