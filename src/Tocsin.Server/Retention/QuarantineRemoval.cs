using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Retention;

/// <summary>
/// Forgets what is in quarantine longer than its own time, day by day: the bytes first, because an entry without bytes says so, and bytes
/// without an entry would be found by nobody.
/// </summary>
sealed partial class QuarantineRemoval(
    PayloadStore payloads,
    MetadataDb db,
    RetentionProgress progress,
    RetentionOptions options,
    ILogger<QuarantineRemoval> log
)
{
    public Task RunAsync(DateOnly day, CancellationToken cancellation) =>
        progress.StepAsync(day, "forget_quarantine", () => ForgetAsync(ArrivalDay.Of(day), day, cancellation));

    async Task ForgetAsync(int day, DateOnly date, CancellationToken cancellation)
    {
        var committed = await MetadataCommit.PositionAsync(db, cancellation);
        await options.Quietly(
            () => payloads.Thin(day, committed, record => record.Kind == PayloadKind.Quarantined),
            cancellation
        );
        var forgotten = await db.WriteAsync(
            transaction => transaction.ExecuteAsync("DELETE FROM quarantine WHERE day = @day", new { day }),
            cancellation
        );
        Forgotten(log, forgotten, date);
    }

    /// <summary>Days with something in quarantine that came before the date, oldest first. Not the one that is being written to.</summary>
    public async Task<IReadOnlyList<DateOnly>> DaysAsync(DateOnly before, CancellationToken cancellation)
    {
        var latest = payloads.Days is [.., var last] ? last : 0;
        await using var connection = await db.OpenAsync(cancellation);
        var days = await connection.QueryAsync<long>(
            new(
                "SELECT DISTINCT day FROM quarantine WHERE day < @before AND day < @latest ORDER BY day",
                new { before = (long)ArrivalDay.Of(before), latest = (long)latest },
                cancellationToken: cancellation
            )
        );
        return [.. days.Select(day => ArrivalDay.ToDate((int)day))];
    }

    [LoggerMessage(
        LogLevel.Information,
        "Forgot {Count} quarantined items of {Day}, which were kept as long as the settings say"
    )]
    static partial void Forgotten(ILogger logger, int count, DateOnly day);
}
