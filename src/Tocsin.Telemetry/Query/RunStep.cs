namespace Tocsin.Telemetry.Query;

/// <summary>A length of time for which runs of transactions are summed up, and the table of a day's file that holds the sums.</summary>
sealed record RunStep(string Table, TimeSpan Length)
{
    public static RunStep Hour { get; } = new("runs_by_hour", TimeSpan.FromHours(1));

    /// <summary>A day and every step of a chart that is longer than an hour consist of these.</summary>
    public static RunStep FourHours { get; } = new("runs_by_four_hours", TimeSpan.FromHours(4));

    public static RunStep Day { get; } = new("runs_by_day", TimeSpan.FromDays(1));

    /// <summary>Those that are made of hours.</summary>
    public static IReadOnlyList<RunStep> Coarse { get; } = [Day, FourHours];

    public static IReadOnlyList<RunStep> All { get; } = [.. Coarse, Hour];

    public long Microseconds => Length.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The step's beginning in which the time lies; times before 1970 do not occur.</summary>
    public long Down(long time) => time == long.MaxValue ? time : time - time % Microseconds;

    /// <summary>The beginning of the next step, or the time itself when it is one.</summary>
    public long Up(long time) => time > long.MaxValue - Microseconds ? long.MaxValue : Down(time + Microseconds - 1);
}
