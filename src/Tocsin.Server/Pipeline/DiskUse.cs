using Tocsin.Server.Payloads;
using Tocsin.Telemetry;

namespace Tocsin.Server.Pipeline;

/// <summary>One arrival day on the disk.</summary>
sealed record DayUse(DateOnly Day, long TelemetryBytes, long PayloadBytes, string? Damage, bool IsClosed)
{
    public long Bytes => TelemetryBytes + PayloadBytes;
}

/// <summary>What the days take, and how long the disk lasts at their rate. Looked at most once in some seconds.</summary>
sealed class DiskUse(TelemetryStore telemetry, PayloadStore payloads, Journal.Journal journal, TimeProvider time)
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    const int DaysOfRate = 7;

    readonly Lock gate = new();
    long lookedAt;
    IReadOnlyList<DayUse>? days;

    public IReadOnlyList<DayUse> Days()
    {
        lock (gate)
        {
            if (days is null || time.GetElapsedTime(lookedAt) > Fresh)
            {
                days = Look();
                lookedAt = time.GetTimestamp();
            }
            return days;
        }
    }

    /// <summary>Of the days and the journal.</summary>
    public long UsedBytes => Days().Sum(day => day.Bytes) + journal.State.BytesOnDisk;

    /// <summary>The next question looks anew.</summary>
    public void Forget()
    {
        lock (gate)
        {
            days = null;
        }
    }

    public DiskShape ToShape()
    {
        var days = Days();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var whole = days.Where(day => day.Day < today && day.Day >= today.AddDays(-DaysOfRate)).ToList();
        var perDay = whole.Count > 0 ? whole.Sum(day => day.Bytes) / whole.Count : Today(days, today);
        var free = payloads.FreeBytes;
        return new(free, UsedBytes, perDay, perDay > 0 ? Math.Round((double)free / perDay, 1) : null);
    }

    /// <summary>On the first day, what there is of it stands for the whole.</summary>
    long Today(IReadOnlyList<DayUse> days, DateOnly today)
    {
        var part = Math.Max(time.GetUtcNow().TimeOfDay.TotalDays, 1.0 / 24);
        return (long)(days.Where(day => day.Day == today).Sum(day => day.Bytes) / part);
    }

    List<DayUse> Look()
    {
        var rows = telemetry.Days.ToDictionary(day => day.Day);
        var bodies = payloads.Days.ToDictionary(ArrivalDay.ToDate, payloads.BytesOf);
        return
        [
            .. rows
                .Keys.Union(bodies.Keys)
                .Order()
                .Select(day => new DayUse(
                    day,
                    rows.GetValueOrDefault(day)?.Bytes ?? 0,
                    bodies.GetValueOrDefault(day),
                    rows.GetValueOrDefault(day)?.Damage,
                    rows.GetValueOrDefault(day)?.IsClosed ?? false
                )),
        ];
    }
}
