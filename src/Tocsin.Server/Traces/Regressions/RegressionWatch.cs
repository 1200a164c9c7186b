using Tocsin.Server.Gateway;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>
/// Looks every few minutes for endpoints that a release made slower, and sends each once through the journal, on the way of all that is received.
/// </summary>
sealed partial class RegressionWatch(
    RegressionSearch search,
    Journal.Journal journal,
    MetadataDb metadata,
    RegressionOptions options,
    TimeProvider time,
    ILogger<RegressionWatch> log
) : BackgroundService
{
    /// <summary>Between the journal and the index; who starts again asks the index alone.</summary>
    readonly HashSet<EventKey> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            // Boundary: one look. A store that does not work now does at a later one.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(log, failure);
            }
        }
    }

    /// <summary>Returns how many it found that nobody knew.</summary>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        var suspects = await search.SuspectsAsync(cancellation);
        var found = 0;
        foreach (var same in await UnknownAsync(suspects, cancellation))
        {
            var proven = new List<Slowdown>();
            foreach (var suspect in same)
            {
                if (await search.ProveAsync(suspect, cancellation) is { } slowdown)
                {
                    proven.Add(slowdown);
                }
            }
            // Of several environments the busiest tells.
            if (proven.MaxBy(slowdown => slowdown.Runs) is { } busiest)
            {
                await TellAsync(busiest, cancellation);
                told.Add(same.Key);
                found++;
            }
        }
        return found;
    }

    async Task<IReadOnlyList<IGrouping<EventKey, Suspect>>> UnknownAsync(
        IReadOnlyList<Suspect> suspects,
        CancellationToken cancellation
    )
    {
        var untold = suspects.GroupBy(suspect => suspect.Key).Where(same => !told.Contains(same.Key)).ToList();
        if (untold.Count == 0)
        {
            return untold;
        }
        await using var connection = await metadata.OpenAsync(cancellation);
        var known = await EventIndex.FindAsync(connection, untold.Select(same => same.Key), cancellation);
        return untold.FindAll(same => !known.ContainsKey(same.Key));
    }

    async Task TellAsync(Slowdown slowdown, CancellationToken cancellation)
    {
        var receipt = new Receipt
        {
            Door = Door.Findings,
            ProjectId = slowdown.ProjectId,
            Received = Microseconds.Now(time),
            EventId = slowdown.Id,
            Path = RegressionPipeline.ItemType,
        };
        await journal.AppendAsync(ReceiptFormat.Write(receipt, new(slowdown.Write())), cancellation);
        Found(log, slowdown.Transaction, slowdown.Release, slowdown.P95Before, slowdown.P95);
    }

    [LoggerMessage(LogLevel.Information, "The p95 of {Transaction} rose from {Before} ms to {After} ms with {Release}")]
    static partial void Found(ILogger logger, string transaction, string release, double before, double after);

    [LoggerMessage(LogLevel.Error, "Looking for slower endpoints failed; it is tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
