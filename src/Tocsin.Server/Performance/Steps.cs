using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>The steps of a chart: equal pieces of time, aligned to 1970, that cover a period.</summary>
sealed record Steps(long First, TimeSpan Width, int Count)
{
    static readonly TimeSpan[] Usual =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(12),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
    ];

    /// <summary>The narrowest usual ones that are at most so many; of a longer period than all of them cover, the newest.</summary>
    public static Steps Of(TimeRange range, int most)
    {
        var length = TimeSpan.FromMicroseconds(range.To - range.From);
        var width = Usual.FirstOrDefault(usual => Math.Floor(length / usual) <= most, Usual[^1]);
        var step = width.Ticks / TimeSpan.TicksPerMicrosecond;
        var first = range.From / step;
        var count = ((range.To - 1) / step) - first + 1;
        var shown = (int)Math.Min(count, most + 1);
        return new((first + count - shown) * step, width, shown);
    }

    public Expression Bucket => new Expression.Bucket(Width);

    /// <summary>Whole seconds.</summary>
    public long Interval => (long)Width.TotalSeconds;

    /// <summary>Every step as a pair of seconds since 1970 and the value; null where there is none.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Pairs(Func<long, double?> valueAt) =>
        [.. Enumerable.Range(0, Count).Select(Begin).Select(begin => (IReadOnlyList<double?>)[begin / 1e6, valueAt(begin)])];

    public IEnumerable<long> Begins => Enumerable.Range(0, Count).Select(Begin);

    long Begin(int index) => First + (index * Interval * Metadata.Microseconds.PerSecond);
}
