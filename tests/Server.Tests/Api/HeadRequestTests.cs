using System.Net;
using Server.Tests.Hosting;

namespace Server.Tests.Api;

public class HeadRequestTests
{
    [Theory]
    [InlineData("/api/", HttpStatusCode.Redirect)]
    [InlineData("/api/0/", HttpStatusCode.OK)]
    [InlineData("/api/0/organizations/default/members/", HttpStatusCode.OK)]
    [InlineData("/api/0/organizations/default/nothing/", HttpStatusCode.NotFound)]
    [InlineData("/_health/", HttpStatusCode.OK)]
    public async Task HEAD_is_answered_as_GET_without_the_body(string path, HttpStatusCode status)
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        using var get = await client.GetAsync(path);
        using var head = await client.SendAsync(new(HttpMethod.Head, path));

        get.StatusCode.ShouldBe(status);
        head.StatusCode.ShouldBe(status);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }
}
