namespace Tocsin.Server.Payloads;

/// <summary>The UTC day on which something was received, as the number yyyymmdd.</summary>
static class ArrivalDay
{
    /// <param name="received">Microseconds since 1970 UTC.</param>
    public static int Of(long received) =>
        Of(DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(received * TimeSpan.TicksPerMicrosecond)));

    public static int Of(DateOnly date) => date.Year * 10000 + date.Month * 100 + date.Day;

    public static DateOnly ToDate(int day) => new(day / 10000, day / 100 % 100, day % 100);
}
