using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Series;

/// <summary>The steps of a series: aligned to 1970, the first holds the beginning of the range, the last its end. Microseconds.</summary>
readonly record struct SeriesSteps(long First, long Width, int Count)
{
    const int Most = 10_000;

    static readonly (TimeSpan Range, TimeSpan Step)[] Usual =
    [
        (TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10)),
        (TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
        (TimeSpan.FromHours(24), TimeSpan.FromMinutes(5)),
        (TimeSpan.FromDays(2), TimeSpan.FromMinutes(10)),
        (TimeSpan.FromDays(7), TimeSpan.FromMinutes(30)),
        (TimeSpan.FromDays(14), TimeSpan.FromHours(1)),
        (TimeSpan.FromDays(31), TimeSpan.FromHours(4)),
        (TimeSpan.FromDays(93), TimeSpan.FromHours(12)),
    ];

    public TimeSpan Step => TimeSpan.FromMicroseconds(Width);

    /// <exception cref="ExploreMistake">The interval is none, or gives too many steps.</exception>
    public static SeriesSteps Of(TimeRange range, string? interval)
    {
        // The range ends one microsecond after the last moment that it means.
        var length = TimeSpan.FromMicroseconds(range.To - 1 - range.From);
        var step = Usual.FirstOrDefault(usual => length <= usual.Range, (default, TimeSpan.FromDays(1))).Step;
        if (!string.IsNullOrEmpty(interval) && !PeriodRequest.TryDuration(interval, out step))
        {
            throw new ExploreMistake($"Invalid interval \"{interval}\": a number and one of s, m, h, d, w, such as 5m");
        }
        if (length / step > Most)
        {
            throw new ExploreMistake(
                "Your interval and date range would create too many results. Use a larger interval, or a smaller date range."
            );
        }
        var width = Metadata.Microseconds.From(step);
        var first = range.From / width * width;
        return new(first, width, Math.Max(1, (int)((range.To - 1 - first + width - 1) / width)));
    }

    /// <summary>As many, so long before; they begin where steps do.</summary>
    public SeriesSteps Before(TimeSpan earlier) =>
        this with
        {
            First = (First - Metadata.Microseconds.From(earlier)) / Width * Width,
        };

    /// <summary>-1: outside.</summary>
    public int IndexOf(long bucket) => (bucket - First) / Width is >= 0 and var at && at < Count ? (int)at : -1;

    public long StartOf(int index) => First + index * Width;
}
