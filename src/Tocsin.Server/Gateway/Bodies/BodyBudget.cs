namespace Tocsin.Server.Gateway.Bodies;

/// <summary>The memory that all bodies in flight share. Thread-safe.</summary>
sealed class BodyBudget(long bytes)
{
    long held;

    public long Held => Interlocked.Read(ref held);

    public bool TryTake(long count)
    {
        if (Interlocked.Add(ref held, count) <= bytes)
        {
            return true;
        }
        Interlocked.Add(ref held, -count);
        return false;
    }

    public void Give(long count) => Interlocked.Add(ref held, -count);
}
