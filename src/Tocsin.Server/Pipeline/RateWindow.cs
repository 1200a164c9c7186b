namespace Tocsin.Server.Pipeline;

/// <summary>Sums of the last minute by second. Thread-safe.</summary>
sealed class RateWindow(TimeProvider time)
{
    const int Seconds = 60;
    readonly Lock gate = new();
    readonly (long Second, long Sum)[] sums = new (long, long)[Seconds];

    public void Add(long amount)
    {
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            ref var slot = ref sums[now % Seconds];
            slot = slot.Second == now ? (now, slot.Sum + amount) : (now, amount);
        }
    }

    public double PerSecond
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow().ToUnixTimeSeconds();
                return sums.Where(slot => slot.Second > now - Seconds).Sum(slot => slot.Sum) / (double)Seconds;
            }
        }
    }
}
