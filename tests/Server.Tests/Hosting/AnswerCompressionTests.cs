using System.IO.Compression;
using System.Net;
using System.Text;

namespace Server.Tests.Hosting;

public sealed class AnswerCompressionTests
{
    const string Projects = "/api/0/organizations/default/projects/";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_of_the_api_is_compressed_for_who_can_read_it(string encoding)
    {
        await using var host = await TocsinHost.StartAsync();
        using var client = host.With();
        var plain = await client.GetByteArrayAsync(Projects, Stop);

        using var request = new HttpRequestMessage(HttpMethod.Get, Projects);
        request.Headers.Add("Accept-Encoding", encoding);
        using var answer = await client.SendAsync(request, Stop);

        answer.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
        await using var sent = await answer.Content.ReadAsStreamAsync(Stop);
        await using Stream inflated =
            encoding == "br"
                ? new BrotliStream(sent, CompressionMode.Decompress)
                : new GZipStream(sent, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await inflated.CopyToAsync(whole, Stop);
        whole.ToArray().ShouldBe(plain);
    }

    [Fact]
    public async Task The_gateways_answer_is_sent_as_it_is()
    {
        await using var host = await TocsinHost.StartAsync();
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/{new Uri(host.Ready.Dsn!).AbsolutePath.Trim('/')}/envelope/?sentry_key={TocsinHost.Key}"
        )
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}\n{\"type\":\"event\"}\n{}\n")),
        };
        request.Headers.Add("Accept-Encoding", "br, gzip");

        using var answer = await client.SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }
}
