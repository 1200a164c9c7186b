using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Hosting;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Pipeline;

public sealed class LiveStreamTests
{
    [Fact]
    public async Task A_reader_that_goes_away_ends_its_stream_quietly()
    {
        await using var host = await TocsinHost.StartAsync();
        using var closed = new CancellationTokenSource();
        var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = host.Services, RequestAborted = closed.Token };
        context.Response.Body = body;
        var stream = new LiveStream(
            1,
            host.Services.GetRequiredService<LiveUpdates>(),
            host.Services.GetRequiredService<ProjectDirectory>()
        );

        var running = stream.ExecuteAsync(context);
        while (body.Length == 0)
        {
            await Task.Delay(5);
        }
        await closed.CancelAsync();

        await Should.NotThrowAsync(running.WaitAsync(TimeSpan.FromSeconds(60)));
    }
}
