using Dapper;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>What was dropped was due, and is noted; what is quarantined is there as long as it was to be kept.</summary>
static class RetentionAudit
{
    public static async Task CheckAsync(Life life, Chronicle chronicle, Calendar calendar, DateOnly today)
    {
        foreach (var drop in chronicle.Drops)
        {
            Audit.Check(
                (drop.Kinds & ~calendar.Due(drop.Day, drop.Today)) == RowKinds.None,
                $"{drop.Kinds} of {drop.Day:o} was dropped on {drop.Today:o}, before its time"
            );
        }
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var noted = await connection.QueryAsync<(long Day, long Kinds)>("SELECT day, kinds FROM dropped_days");
        Audit.Check(
            noted.ToHashSet().SetEquals(chronicle.Drops.Select(drop => ((long)ArrivalDay.Of(drop.Day), (long)drop.Kinds))),
            "other days were dropped than are noted"
        );
        var quarantined = await connection.QueryAsync<(long Day, long Items)>(
            "SELECT day, COUNT(*) FROM quarantine GROUP BY day"
        );
        CheckQuarantine(quarantined.ToDictionary(), chronicle, calendar, today);
    }

    static void CheckQuarantine(Dictionary<long, long> there, Chronicle chronicle, Calendar calendar, DateOnly today)
    {
        foreach (var day in chronicle.Batches.GroupBy(batch => batch.Day))
        {
            var ever = day.SelectMany(batch => batch.Outcomes)
                .Where(row => row.Outcome == (int)OutcomeKind.Quarantined)
                .Sum((OutcomeRow row) => row.Quantity);
            var left = there.GetValueOrDefault(ArrivalDay.Of(day.Key));
            var mayBeGone = calendar.QuarantineIsDue(day.Key, today) || calendar.Due(day.Key, today) == RowKinds.All;
            Audit.Check(
                left == ever || mayBeGone && left < ever,
                $"{left} of {day.Key:o} are in quarantine, the outcomes say {ever}"
            );
        }
    }
}
