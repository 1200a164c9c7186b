using System.Collections.Concurrent;
using System.Numerics;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Where the weights of one group are added up, a place for each bucket. Empty between groups; one for each thread that works at the same time.</summary>
sealed class BucketSums
{
    static readonly ConcurrentQueue<BucketSums> Idle = new();

    readonly double[] weights = new double[BucketCount.Keys];

    /// <summary>A bit for each bucket that has some.</summary>
    readonly ulong[] used = new ulong[BucketCount.Keys / 64];

    readonly BucketCount[] counts = new BucketCount[BucketCount.Keys];

    int first = int.MaxValue;
    int last;

    public static BucketSums Rent() => Idle.TryDequeue(out var idle) ? idle : new();

    public void Return() => Idle.Enqueue(this);

    public void Add(int key, double weight)
    {
        var place = key & (BucketCount.Keys - 1);
        var word = place >> 6;
        weights[place] += weight;
        used[word] |= 1ul << place;
        first = Math.Min(first, word);
        last = Math.Max(last, word);
    }

    /// <summary>All of them by ascending key, valid until more are added; nothing is left.</summary>
    public ReadOnlySpan<BucketCount> Take()
    {
        var count = 0;
        for (var word = first; word <= last; word++)
        {
            for (; used[word] != 0; used[word] &= used[word] - 1)
            {
                var place = (word << 6) + BitOperations.TrailingZeroCount(used[word]);
                if (weights[place] > 0)
                {
                    counts[count++] = new((float)weights[place], place);
                }
                weights[place] = 0;
            }
        }
        (first, last) = (int.MaxValue, 0);
        return counts.AsSpan(0, count);
    }
}
