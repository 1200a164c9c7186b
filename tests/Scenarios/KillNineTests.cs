namespace Scenarios;

/// <summary>
/// A 200 means durable: the server is killed under load again and again; every acked event is there once, none is counted twice.
/// It was seen to fail: with the answer sent before the append is done, ten kills lose hundreds of events; with a worker that begins anew
/// at the journal's start and takes its own records for new, the ledger does not balance. What it cannot show is a missing fsync, because
/// the system keeps a killed process's writes: that is for the power losses of Journal.Tests.
/// </summary>
public sealed class KillNineTests
{
    static readonly int Kills = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1" ? 1000 : 50;
    const int Senders = 8;

    /// <summary>So many starts are killed before they are ready, too.</summary>
    const int EveryStart = 5;

    [Fact]
    public async Task Every_acked_event_is_stored_once_over_kills_and_restarts()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var load = new EventLoad(server);
        var random = new Random(20261120);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var before = load.Acked.Count;
            var sending = load.RunAsync(Senders, stop.Token);
            // Two of three come while events are acknowledged, however busy the machine is; the third whenever it comes.
            while (kill % 3 > 0 && load.Acked.Count == before && !sending.IsCompleted)
            {
                await Task.Delay(1);
            }
            await Task.Delay(random.Next(20, 400));
            await server.KillAsync();
            await stop.CancelAsync();
            await sending;
            if (kill % EveryStart == 0)
            {
                server.Launch();
                await Task.Delay(random.Next(100, 1000));
                await server.KillAsync();
            }
            await server.StartAgainAsync();
        }

        load.Acked.Count.ShouldBeGreaterThan(Kills / 2);
        await load.AuditAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {load.Acked.Count} events acknowledged");
    }
}
