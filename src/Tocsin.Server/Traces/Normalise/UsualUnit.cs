namespace Tocsin.Server.Traces.Normalise;

/// <summary>The unit of measurements that all clients make alike; the first that made them did not state it.</summary>
static class UsualUnit
{
    /// <summary>Null for what has none, and for a client's own measurements.</summary>
    public static string? Of(string measurement) =>
        measurement
            is "lcp"
                or "fcp"
                or "fp"
                or "fid"
                or "inp"
                or "ttfb"
                or "ttfb.requesttime"
                or "app_start_cold"
                or "app_start_warm"
                or "time_to_initial_display"
                or "time_to_full_display"
                or "stall_total_time"
                or "stall_longest_time"
            ? "millisecond"
            : null;
}
