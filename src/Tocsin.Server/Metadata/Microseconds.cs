namespace Tocsin.Server.Metadata;

/// <summary>Times as the stores keep them: microseconds since 1970 UTC.</summary>
static class Microseconds
{
    public const long PerSecond = 1_000_000;

    public static long Now(TimeProvider time) => From(time.GetUtcNow());

    public static long From(DateTimeOffset moment) => (moment.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long From(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Kind UTC, so that JSON ends in <c>Z</c>.</summary>
    public static DateTime ToUtc(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static DateTime? ToUtc(long? microseconds) => microseconds is { } value ? ToUtc(value) : null;
}
