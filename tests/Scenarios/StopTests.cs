using System.Diagnostics;

namespace Scenarios;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_under_load_is_quick_and_loses_nothing()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var load = new EventLoad(server);
        using var stop = new CancellationTokenSource();
        var sending = load.RunAsync(senders: 8, stop.Token);
        await server.UntilAsync(() => Task.FromResult(load.Acked.Count > 200), "some load");

        var stopping = Stopwatch.StartNew();
        (await server.StopAsync()).ShouldBe(0, server.Output);

        stopping.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await sending;
        await server.StartAgainAsync();
        await load.AuditAsync();
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_directory_is_refused()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();

        var (code, _, errors) = await ServerProcess.RunAsync(
            server.Data,
            ("TOCSIN_DATA", server.Data),
            ("TOCSIN_LISTEN", $"127.0.0.1:{ServerProcess.FreePort()}")
        );

        code.ShouldBe(1);
        errors
            .Trim()
            .ShouldBe($"{server.Data} is in use by another Tocsin. Stop it, or choose another directory with TOCSIN_DATA.");
        (await server.IssuesAsync()).ShouldBeEmpty();
    }
}
