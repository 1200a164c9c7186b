using System.Globalization;

namespace Bench.Load;

/// <summary>Latencies of one run. Thread-safe.</summary>
sealed class Latencies
{
    readonly Lock gate = new();
    readonly List<double> milliseconds = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return milliseconds.Count;
            }
        }
    }

    public void Add(TimeSpan latency)
    {
        lock (gate)
        {
            milliseconds.Add(Math.Max(0, latency.TotalMilliseconds));
        }
    }

    public void Add(Latencies others)
    {
        List<double> added;
        lock (others.gate)
        {
            added = [.. others.milliseconds];
        }
        lock (gate)
        {
            milliseconds.AddRange(added);
        }
    }

    public double At(double share)
    {
        lock (gate)
        {
            milliseconds.Sort();
            return milliseconds.Count == 0
                ? 0
                : milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))];
        }
    }

    /// <summary>All of them in milliseconds, for another process.</summary>
    public string Told()
    {
        lock (gate)
        {
            return string.Join(' ', milliseconds.Select(one => one.ToString("F3", CultureInfo.InvariantCulture)));
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):N1} ms, p99 {At(0.99):N1} ms, p99.9 {At(0.999):N1} ms");
}
