namespace Tocsin.Server.Pipeline;

/// <summary>Sums of the last minute by second. Thread-safe.</summary>
sealed class RateWindow(TimeProvider time)
{
    const int Seconds = 60;
    readonly Lock _gate = new();
    readonly (long Second, long Sum)[] _sums = new (long, long)[Seconds];

    public void Add(long amount)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            ref var slot = ref _sums[now % Seconds];
            slot = slot.Second == now ? (now, slot.Sum + amount) : (now, amount);
        }
    }

    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                var now = time.GetUtcNow().ToUnixTimeSeconds();
                return _sums.Where(slot => slot.Second > now - Seconds).Sum(slot => slot.Sum) / (double)Seconds;
            }
        }
    }
}
