using System.Collections.Concurrent;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>The memory that all bodies in flight share, and what of it each project has. Thread-safe.</summary>
sealed class BodyBudget(long bytes)
{
    readonly ConcurrentDictionary<long, BodyShare> shares = new();
    long held;

    public long Held => Interlocked.Read(ref held);

    /// <param name="project">0: whoever has not said yet who he is.</param>
    public BodyShare Of(long project) => shares.GetOrAdd(project, static (_, budget) => new(budget), this);

    /// <summary>So much of it keeps a project from getting more bodies, and so much is the most of those that it has got.</summary>
    public long Plenty => bytes / 4 * 3;
    public long Most => bytes / 8 * 7;

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
