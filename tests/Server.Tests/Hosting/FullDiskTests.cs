using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faults;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Corpus;
using Tocsin.Journal;
using Tocsin.Journal.Files;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Hosting;

/// <summary>A disk without room, for machines on which no small one can be mounted: the scenarios fill a real one.</summary>
public sealed class FullDiskTests
{
    const string Before = "0123456789abcdef0123456789abcdef";
    const string During = "00112233445566778899aabbccddeeff";
    const string After = "ffeeddccbbaa99887766554433221100";

    [Fact]
    public async Task While_the_disk_is_full_events_are_sent_back_and_everything_stored_is_readable()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        await using var server = await WholeServer.StartAsync(services => services.AddSingleton<FileLayer>(files));
        (await SendAsync(server, Before)).ShouldBe(HttpStatusCode.OK);
        await server.DrainAsync();

        files.Plant(FileOperation.Write, FileFault.DiskFull);
        files.Plant(FileOperation.Create, FileFault.DiskFull);
        files.Free = 0;

        (await SendAsync(server, During)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ReadAsync(server, Before)).ShouldBe(HttpStatusCode.OK);
        (await server.Api.GetFromJsonAsync<JsonElement>("projects/acme/shop/issues/")).GetArrayLength().ShouldBe(1);
        (await server.Api.GetFromJsonAsync<JsonElement>("projects/acme/shop/events/")).GetArrayLength().ShouldBe(1);

        files.Free = null;
        files.Heal();

        await UntilAsync(async () => await SendAsync(server, After) == HttpStatusCode.OK);
        await UntilAsync(async () => await ReadAsync(server, After) == HttpStatusCode.OK);
        (await ReadAsync(server, During)).ShouldBe(HttpStatusCode.NotFound);
        // Who is asked to come back has lost nothing, so nothing is counted for it; the later tries may have arrived more than once.
        (await server.OutcomesAsync()).ShouldAllBe(row =>
            row.Kind == OutcomeKind.Accepted || row.Reason == OutcomeReason.Duplicate
        );
    }

    [Fact]
    public async Task What_was_acknowledged_before_the_disk_was_full_is_stored_when_there_is_room()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        await using var server = await WholeServer.StartAsync(services => services.AddSingleton<FileLayer>(files));
        // The payload segments have no room, the journal still has.
        files.Plant(FileOperation.Write, FileFault.DiskFull, call => call.Path.Contains("payloads", StringComparison.Ordinal));
        files.Plant(FileOperation.Create, FileFault.DiskFull, call => call.Path.Contains("payloads", StringComparison.Ordinal));

        (await SendAsync(server, Before)).ShouldBe(HttpStatusCode.OK);
        var health = server.Get<PipelineHealth>();
        await UntilAsync(() => Task.FromResult(health.Error is not null));
        (await ReadAsync(server, Before)).ShouldBe(HttpStatusCode.NotFound);

        files.Heal();

        await UntilAsync(async () => await ReadAsync(server, Before) == HttpStatusCode.OK);
        await UntilAsync(() => Task.FromResult(health.Error is null));
        (await server.OutcomesAsync()).ShouldHaveSingleItem().Kind.ShouldBe(OutcomeKind.Accepted);
    }

    static async Task<HttpStatusCode> SendAsync(WholeServer server, string id)
    {
        using var content = new StringContent($"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\"}}\n{{\"message\":\"Full\"}}\n");
        using var answer = await server.Api.PostAsync(
            new Uri(server.Address, $"api/42/envelope/?sentry_key={WholeServer.Key}"),
            content
        );
        (answer.Headers.RetryAfter is not null).ShouldBe(answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        return answer.StatusCode;
    }

    static async Task<HttpStatusCode> ReadAsync(WholeServer server, string id)
    {
        using var answer = await server.Api.GetAsync($"projects/acme/shop/events/{id}/");
        return answer.StatusCode;
    }

    /// <summary>Without anybody's help.</summary>
    static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
    }
}
