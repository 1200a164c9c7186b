using Tocsin.Journal;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway;

/// <summary>
/// Counts what the gateway refuses and writes the counts to the journal about once a second, so that the worker makes outcome
/// rows of them exactly once. A flood of refusals thus costs a few lines a second. A crash loses what was counted since the
/// last write: refusals were never acknowledged as stored.
/// </summary>
sealed partial class RefusalLedger(
    Journal.Journal journal,
    GatewayOptions options,
    GatewayMeter meter,
    TimeProvider time,
    ILogger<RefusalLedger> log
) : BackgroundService
{
    /// <summary>Reasons may name what a client sent; beyond this many different lines they are counted without.</summary>
    const int MostLines = 10_000;

    readonly Lock counting = new();
    Dictionary<Line, long> counts = [];

    public void Count(long projectId, long? keyId, Outcome outcome, string category, long quantity = 1)
    {
        meter.Refused(outcome, category, quantity);
        var line = new Line(projectId, keyId, outcome, category);
        lock (counting)
        {
            if (counts.Count >= MostLines && !counts.ContainsKey(line))
            {
                line = line with { Outcome = outcome with { Reason = OutcomeReason.Other } };
            }
            counts[line] = counts.GetValueOrDefault(line) + quantity;
        }
    }

    /// <summary>Appends what was counted; keeps it for the next time when the journal takes nothing.</summary>
    public async Task FlushAsync()
    {
        Dictionary<Line, long> closed;
        lock (counting)
        {
            if (counts.Count == 0)
            {
                return;
            }
            (closed, counts) = (counts, []);
        }
        var now = Microseconds.Now(time);
        var receipt = new Receipt
        {
            Door = Door.Outcomes,
            ProjectId = 0,
            Received = now,
        };
        try
        {
            var body = RefusedCount.Write([.. closed.Select(line => line.Key.ToCount(now, line.Value))]);
            await journal.AppendAsync(ReceiptFormat.Write(receipt, new(body)), CancellationToken.None);
        }
        catch (JournalUnavailableException unavailable)
        {
            Kept(log, closed.Count, unavailable);
            lock (counting)
            {
                foreach (var (line, quantity) in closed)
                {
                    counts[line] = counts.GetValueOrDefault(line) + quantity;
                }
            }
        }
    }

    /// <summary>The web server has stopped before: nothing is counted any more.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Until it is told to stop, on the scheduler that it was started on.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.LedgerInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FlushAsync();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The journal takes nothing; {Lines} lines of refusals wait")]
    static partial void Kept(ILogger logger, int lines, Exception unavailable);

    readonly record struct Line(long ProjectId, long? KeyId, Outcome Outcome, string Category)
    {
        public RefusedCount ToCount(long time, long quantity) =>
            new(ProjectId, KeyId, time, Outcome.Kind, Outcome.Reason, Category, quantity);
    }
}
