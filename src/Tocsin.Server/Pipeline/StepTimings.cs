namespace Tocsin.Server.Pipeline;

/// <summary>How long a step took for its last batches. Thread-safe.</summary>
sealed class StepTimings
{
    const int Kept = 256;
    readonly Lock gate = new();
    readonly Queue<double> milliseconds = new(Kept);

    public void Add(TimeSpan elapsed)
    {
        lock (gate)
        {
            if (milliseconds.Count == Kept)
            {
                milliseconds.Dequeue();
            }
            milliseconds.Enqueue(elapsed.TotalMilliseconds);
        }
    }

    /// <summary>Milliseconds; 0 before the first batch.</summary>
    public (double Median, double P95) Percentiles()
    {
        double[] sorted;
        lock (gate)
        {
            sorted = [.. milliseconds.Order()];
        }
        return sorted.Length == 0 ? (0, 0) : (sorted[sorted.Length / 2], sorted[sorted.Length * 95 / 100]);
    }
}
