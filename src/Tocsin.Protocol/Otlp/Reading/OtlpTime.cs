namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>Points in time as OTLP counts them: nanoseconds since 1970 UTC, of which zero is none.</summary>
static class OtlpTime
{
    public static DateTimeOffset? Read(ulong nanoseconds) =>
        nanoseconds == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 1000) * TimeSpan.TicksPerMicrosecond);

    public static long Microseconds(DateTimeOffset? time) =>
        time is { } known ? (known - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;
}
