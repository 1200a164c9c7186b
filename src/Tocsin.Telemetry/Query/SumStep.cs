namespace Tocsin.Telemetry.Query;

/// <summary>A length of time for which spans are summed up.</summary>
/// <param name="Name">As it stands in names of tables.</param>
sealed record SumStep(string Name, TimeSpan Length)
{
    public static SumStep Hour { get; } = new("hour", TimeSpan.FromHours(1));

    /// <summary>A day and every step of a chart that is longer than an hour consist of these.</summary>
    public static SumStep FourHours { get; } = new("four_hours", TimeSpan.FromHours(4));

    public static SumStep Day { get; } = new("day", TimeSpan.FromDays(1));

    public long Microseconds => Length.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The step's beginning in which the time lies; times before 1970 do not occur.</summary>
    public long Down(long time) => time == long.MaxValue ? time : time - time % Microseconds;

    /// <summary>The beginning of the next step, or the time itself when it is one.</summary>
    public long Up(long time) => time > long.MaxValue - Microseconds ? long.MaxValue : Down(time + Microseconds - 1);
}
