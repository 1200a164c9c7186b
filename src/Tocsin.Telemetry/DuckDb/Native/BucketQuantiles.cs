namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Quantiles of what lies in buckets.</summary>
/// <param name="counts">By ascending key; at least one.</param>
readonly ref struct BucketQuantiles(ReadOnlySpan<BucketCount> counts)
{
    readonly ReadOnlySpan<BucketCount> counts = counts;
    readonly double total = Total(counts);

    public double At(double share)
    {
        var sought = Math.Clamp(share, 0, 1) * total;
        // From the nearer end to the bucket below which there is less than what is sought, and with which there is not.
        var (at, below) = share <= 0.5 ? Upwards(sought) : Downwards(sought);
        var (weight, key) = counts[at];
        var floor = BucketCount.Floor(key);
        return key == 0 ? 0 : floor + (BucketCount.Floor(key + 1) - floor) * Math.Clamp((sought - below) / weight, 0, 1);
    }

    /// <summary>Four sums at once: each addition would wait for the one before.</summary>
    static double Total(ReadOnlySpan<BucketCount> counts)
    {
        var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0);
        for (; counts.Length >= 4; counts = counts[4..])
        {
            first += counts[0].Weight;
            second += counts[1].Weight;
            third += counts[2].Weight;
            fourth += counts[3].Weight;
        }
        foreach (var count in counts)
        {
            first += count.Weight;
        }
        return first + second + (third + fourth);
    }

    (int At, double Below) Upwards(double sought)
    {
        var (at, below) = (0, 0.0);
        while (at < counts.Length - 1 && below + counts[at].Weight < sought)
        {
            below += counts[at++].Weight;
        }
        return (at, below);
    }

    (int At, double Below) Downwards(double sought)
    {
        var at = counts.Length - 1;
        var below = total - counts[at].Weight;
        while (at > 0 && below >= sought)
        {
            below -= counts[--at].Weight;
        }
        return (at, below);
    }
}
