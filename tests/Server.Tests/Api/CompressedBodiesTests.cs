using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Server.Tests.Hosting;

namespace Server.Tests.Api;

public class CompressedBodiesTests
{
    const string Project = "/api/0/projects/default/default/";

    [Fact]
    public async Task A_body_may_come_as_gzip()
    {
        await using var host = await TocsinHost.StartAsync();

        var changed = await host.With().PutAsync(Project, Body(Gzip("""{"name":"Bells"}"""u8.ToArray()))).JsonAsync();

        changed.Text("name").ShouldBe("Bells");
    }

    [Fact]
    public async Task What_is_not_the_gzip_that_it_says_to_be_is_the_callers_mistake()
    {
        await using var host = await TocsinHost.StartAsync();

        var answer = await host.With()
            .PutAsync(Project, Body(Encoding.UTF8.GetBytes("""{"name":"Bells"}""")))
            .JsonAsync(HttpStatusCode.BadRequest);

        answer.Text("detail").ShouldBe("The body is not gzip, as its Content-Encoding says.");
    }

    [Fact]
    public async Task A_body_that_inflates_beyond_what_a_plain_one_may_have_is_refused()
    {
        await using var host = await TocsinHost.StartAsync();
        var bomb = Gzip(Encoding.UTF8.GetBytes($$"""{"name":"{{new string(' ', 31_000_000)}}"}"""));
        bomb.Length.ShouldBeLessThan(1_000_000);

        var answer = await host.With().PutAsync(Project, Body(bomb)).JsonAsync(HttpStatusCode.RequestEntityTooLarge);

        answer.Text("detail").ShouldContain("30000000 bytes");
    }

    static ByteArrayContent Body(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    static byte[] Gzip(byte[] plain)
    {
        using var into = new MemoryStream();
        using (var gzip = new GZipStream(into, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }
        return into.ToArray();
    }
}
