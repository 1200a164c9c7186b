namespace Tocsin.Server.Payloads;

/// <summary>The UTC day on which something was received, as the number yyyymmdd.</summary>
static class ArrivalDay
{
    /// <summary>A clock that is set back by no more than this around midnight does not send what comes back to the day before.</summary>
    static readonly long Slack = (long)TimeSpan.FromHours(2).TotalMicroseconds;

    /// <param name="received">Microseconds since 1970 UTC.</param>
    public static int Of(long received) =>
        Of(DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(received * TimeSpan.TicksPerMicrosecond)));

    /// <summary>The day in which it is kept, while <paramref name="current"/> is the one that is written.</summary>
    public static int Of(long received, int current) =>
        Of(received) is var day && day < current && Of(received + Slack) >= current ? current : day;

    /// <summary>The days in one of which it is kept, whichever one was written when it came; the likelier first.</summary>
    public static IEnumerable<int> Possible(long received) => new[] { Of(received), Of(received + Slack) }.Distinct();

    public static int Of(DateOnly date) => date.Year * 10000 + date.Month * 100 + date.Day;

    public static DateOnly ToDate(int day) => new(day / 10000, day / 100 % 100, day % 100);
}
