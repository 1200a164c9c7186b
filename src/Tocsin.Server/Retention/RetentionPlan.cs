using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>
/// Decides, and does nothing: 1. what is too old goes; 2. then, while the budget is exceeded, the oldest day, its spans before the rest;
/// 3. days that are over are closed and their bodies packed, oldest first. The latest day stays whatever happens: it is being written to.
/// </summary>
static class RetentionPlan
{
    /// <param name="days">Oldest first.</param>
    /// <param name="now">UTC.</param>
    /// <param name="used">Bytes that count against the budget.</param>
    /// <param name="options">The settings.</param>
    public static IEnumerable<RetentionStep> Steps(
        IReadOnlyList<KeptDay> days,
        DateTimeOffset now,
        long used,
        RetentionOptions options
    )
    {
        var past = days.Where(day => !day.IsLatest && day.Day < Today(now)).ToList();
        foreach (var day in past)
        {
            var expired = Expired(day.Day, Today(now), options);
            if (expired == RowKinds.All || !day.IsDamaged && (day.Kinds & expired) != RowKinds.None)
            {
                yield return new RetentionStep.Drop(day.Day, expired, DropReason.Age, day.Bytes);
            }
        }
        // What does not go must not let the disk become full: the next one goes.
        if (used > options.DiskBudget && past.FirstOrDefault(day => day.Stuck != RowKinds.All) is { } oldest)
        {
            var spans = past.FirstOrDefault(day =>
                !day.IsDamaged && day.Kinds.HasFlag(RowKinds.Spans) && !day.Stuck.HasFlag(RowKinds.Spans)
            );
            yield return spans is null
                ? new RetentionStep.Drop(oldest.Day, RowKinds.All, DropReason.Budget, oldest.Bytes)
                : new RetentionStep.Drop(spans.Day, RowKinds.Spans, DropReason.Budget, spans.Bytes);
        }
        foreach (var day in past.Where(day => !day.IsDamaged && Midnight(day.Day.AddDays(1)) + options.Grace <= now))
        {
            if (day is { IsClosed: false, Kinds: not RowKinds.None })
            {
                yield return new RetentionStep.Close(day.Day);
            }
            if (!day.IsPacked)
            {
                yield return new RetentionStep.Pack(day.Day);
            }
        }
    }

    static RowKinds Expired(DateOnly day, DateOnly today, RetentionOptions options)
    {
        var age = today.DayNumber - day.DayNumber;
        return (age > options.Errors ? RowKinds.Events : RowKinds.None)
            | (age > options.Spans ? RowKinds.Spans : RowKinds.None)
            | (age > options.Outcomes ? RowKinds.Outcomes : RowKinds.None);
    }

    static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
