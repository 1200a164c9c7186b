using System.Data.Common;
using System.Diagnostics.Metrics;
using Tocsin.Telemetry;

namespace Tocsin.Server.Metadata;

/// <summary>
/// Looks for damage in SQLite's file soon after the start and once a day, on a thread that steps back for all others. It only tells: what is
/// readable stays readable, and events go on being accepted, until somebody restores a copy.
/// </summary>
sealed partial class MetadataWatch : BackgroundService
{
    /// <summary>A start has better things to do.</summary>
    static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Every = TimeSpan.FromDays(1);

    readonly MetadataDb db;
    readonly TimeProvider time;
    readonly ILogger<MetadataWatch> log;

    public MetadataWatch(MetadataDb db, TimeProvider time, IMeterFactory meters, ILogger<MetadataWatch> log)
    {
        (this.db, this.time, this.log) = (db, time, log);
        meters
            .Create("Tocsin.Metadata")
            .CreateObservableGauge(
                "tocsin.metadata.damaged",
                () => Damage is null ? 0 : 1,
                "1",
                "1 since the last look found the metadata database damaged."
            );
    }

    /// <summary>What the last look found, in one line; null: nothing.</summary>
    public string? Damage { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (db.IsPostgres)
        {
            return;
        }
        var wait = First;
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken);
            wait = Every;
            try
            {
                Damage = await LookAsync(stoppingToken);
                if (Damage is { } damage)
                {
                    Damaged(log, damage, MetadataDamage.Remedy);
                }
            }
            // Boundary: one look. The database may be locked or the disk full; the next look may do better.
            catch (DbException failure)
            {
                Failed(log, failure);
            }
        }
    }

    /// <summary>SQLite works where it is called, so that the thread is its own to the end.</summary>
    async Task<string?> LookAsync(CancellationToken cancellation)
    {
        string? found = null;
        await QuietThread.RunAsync(
            () => found = MetadataDamage.FindAsync(db, cancellation).GetAwaiter().GetResult(),
            cancellation
        );
        return found;
    }

    [LoggerMessage(LogLevel.Critical, "The metadata database is damaged: {Damage}. {Remedy}")]
    static partial void Damaged(ILogger logger, string damage, string remedy);

    [LoggerMessage(LogLevel.Error, "Looking for damage in the metadata database failed; it is tried again tomorrow")]
    static partial void Failed(ILogger logger, Exception failure);
}
