namespace Tocsin.Server.Gateway.Bodies;

/// <summary>
/// What one project has of the memory for bodies. Never all of it: bodies that come slowly, or not at all, must leave room for the others'.
/// Thread-safe.
/// </summary>
sealed class BodyShare(BodyBudget budget)
{
    long held;

    /// <summary>Another body would not be received.</summary>
    public bool IsSpent => Interlocked.Read(ref held) >= budget.Plenty;

    public bool TryTake(long count)
    {
        if (Interlocked.Add(ref held, count) <= budget.Most && budget.TryTake(count))
        {
            return true;
        }
        Interlocked.Add(ref held, -count);
        return false;
    }

    public void Give(long count)
    {
        budget.Give(count);
        Interlocked.Add(ref held, -count);
    }
}
