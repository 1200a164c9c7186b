using Tocsin.Journal;
using Tocsin.Server.Gateway;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Regressions;

namespace Simulation.World;

/// <summary>
/// Stands for the watch that looks for slower endpoints, whose questions the simulation's telemetry cannot answer: it finds what chance says, asks
/// the index whether somebody knows, and sends it through the journal as the watch does, again and again until it is there.
/// </summary>
sealed class Finder(History history)
{
    /// <summary>In the journal: promised.</summary>
    public List<Sending> Acknowledged { get; } = [];

    public List<Sending> Attempts { get; } = [];

    /// <summary>As a client's.</summary>
    public Action<object> Told { get; set; } = _ => { };

    public Task Tell(int endpoint, Life life, SeededScheduler scheduler, SimulatedTime time) =>
        scheduler.Start(() => TellAsync(endpoint, life, time));

    async Task TellAsync(int endpoint, Life life, SimulatedTime time)
    {
        var slowdown = new Slowdown
        {
            ProjectId = 42,
            Transaction = $"GET /{endpoint}",
            Op = "http.server",
            Release = "2.0",
            Before = "1.0",
            Since = 1_795_168_800_000_000,
            P95Before = 100,
            P95 = 300,
            RunsBefore = 200,
            Runs = 200,
            Limits = new(Runs: 100, Ratio: 1.5, Difference: 50),
        };
        await using (var connection = await life.Metadata.OpenAsync(CancellationToken.None))
        {
            var key = new EventKey(slowdown.ProjectId, slowdown.Id);
            if ((await EventIndex.FindAsync(connection, [key], CancellationToken.None)).ContainsKey(key))
            {
                return;
            }
        }
        var sending = new Sending(-1, Content.Finding, "42", slowdown.Id, slowdown.Write(), null);
        var receipt = new Receipt
        {
            Door = Door.Findings,
            ProjectId = slowdown.ProjectId,
            Received = Microseconds.Now(time),
            EventId = slowdown.Id,
            Path = RegressionPipeline.ItemType,
        };
        Attempts.Add(sending);
        Told(new CrashStates.Attempted(sending));
        try
        {
            await life.Journal.AppendAsync(ReceiptFormat.Write(receipt, new(sending.Body)), CancellationToken.None);
        }
        catch (JournalUnavailableException)
        {
            return;
        }
        history.Add($"found {slowdown.Transaction}");
        Acknowledged.Add(sending);
        Told(new CrashStates.Acknowledged(sending));
    }
}
