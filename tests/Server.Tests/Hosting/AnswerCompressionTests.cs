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
    public async Task A_page_of_ours_is_answered_in_what_its_browser_can_read(string encoding)
    {
        await using var host = await TocsinHost.StartAsync();
        using var client = host.With();
        var plain = await client.GetByteArrayAsync(Projects, Stop);

        using var answer = await AskAsync(client, encoding, "same-origin");

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

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData(null)]
    public async Task What_another_site_or_a_program_asks_is_not_compressed(string? site)
    {
        await using var host = await TocsinHost.StartAsync();
        using var client = host.With();

        using var answer = await AskAsync(client, "br", site);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
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

    static async Task<HttpResponseMessage> AskAsync(HttpClient client, string encoding, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Projects);
        request.Headers.Add("Accept-Encoding", encoding);
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }
        return await client.SendAsync(request, Stop);
    }
}
