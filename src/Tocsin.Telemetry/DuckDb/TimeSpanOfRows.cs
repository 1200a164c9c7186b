using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>The first and last time among a day's rows, so that a query opens only days that can answer. Written by one thread, read by many.</summary>
sealed class TimeSpanOfRows
{
    readonly Lock guard = new();
    long first = long.MaxValue;
    long last = long.MinValue;

    public void Include(params IEnumerable<long> times)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        foreach (var time in times)
        {
            (from, to) = (Math.Min(from, time), Math.Max(to, time));
        }
        lock (guard)
        {
            (first, last) = (Math.Min(first, from), Math.Max(last, to));
        }
    }

    public void Clear()
    {
        lock (guard)
        {
            (first, last) = (long.MaxValue, long.MinValue);
        }
    }

    /// <summary>Both null: there are no rows.</summary>
    public (long? First, long? Last) Ends
    {
        get
        {
            lock (guard)
            {
                return first > last ? (null, null) : (first, last);
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (guard)
            {
                return first > last;
            }
        }
    }

    public bool LiesWithin(TimeRange range)
    {
        lock (guard)
        {
            return first >= range.From && last < range.To;
        }
    }

    public bool Overlaps(TimeRange range)
    {
        lock (guard)
        {
            return first < range.To && last >= range.From && first <= last;
        }
    }
}
