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
        lock (guard)
        {
            foreach (var time in times)
            {
                first = Math.Min(first, time);
                last = Math.Max(last, time);
            }
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
