namespace Tocsin.Server.Pipeline;

/// <summary>How long a step took for its last batches. Thread-safe.</summary>
sealed class StepTimings
{
    const int Kept = 256;
    readonly Lock _gate = new();
    readonly Queue<double> _milliseconds = new(Kept);

    public void Add(TimeSpan elapsed)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == Kept)
            {
                _milliseconds.Dequeue();
            }
            _milliseconds.Enqueue(elapsed.TotalMilliseconds);
        }
    }

    /// <summary>Milliseconds; 0 before the first batch.</summary>
    public (double Median, double P95) Percentiles()
    {
        double[] sorted;
        lock (_gate)
        {
            sorted = [.. _milliseconds.Order()];
        }
        return sorted.Length == 0 ? (0, 0) : (sorted[sorted.Length / 2], sorted[sorted.Length * 95 / 100]);
    }
}
