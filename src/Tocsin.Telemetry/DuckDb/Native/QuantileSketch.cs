using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Weighted numbers, counted in buckets of 1/128 of a power of two, so that a quantile is wrong by less than 1 % however many there are. What is
/// not above 0 counts as 0. Lies in DuckDB's memory, its buckets in native memory of ours; zeroed, it is empty.
/// </summary>
unsafe struct QuantileSketch
{
    const int MantissaBits = 52;
    const int BucketBits = 7;
    const int Margin = 1 << BucketBits;

    double* buckets;
    int first;
    int count;
    double total;
    double zeros;

    public void Add(double value, double weight)
    {
        total += weight;
        if (!(value > 0) || !double.IsFinite(value))
        {
            zeros += weight;
            return;
        }
        *Bucket(Key(value)) += weight;
    }

    public void Add(in QuantileSketch other)
    {
        total += other.total;
        zeros += other.zeros;
        for (var at = 0; at < other.count; at++)
        {
            if (other.buckets[at] > 0)
            {
                *Bucket(other.first + at) += other.buckets[at];
            }
        }
    }

    /// <summary>Null of nothing.</summary>
    public readonly double? Quantile(double share)
    {
        if (!(total > 0))
        {
            return null;
        }
        var sought = Math.Clamp(share, 0, 1) * total;
        var passed = zeros;
        if (zeros > 0 && sought <= zeros)
        {
            return 0;
        }
        var last = 0.0;
        for (var at = 0; at < count; at++)
        {
            var weight = buckets[at];
            if (weight > 0)
            {
                var (from, to) = (Floor(first + at), Floor(first + at + 1));
                if (passed + weight >= sought)
                {
                    return from + (to - from) * ((sought - passed) / weight);
                }
                passed += weight;
                last = to;
            }
        }
        return last;
    }

    public void Free()
    {
        NativeMemory.Free(buckets);
        this = default;
    }

    double* Bucket(int key)
    {
        if (key < first || key >= first + count)
        {
            Grow(key);
        }
        return buckets + (key - first);
    }

    void Grow(int key)
    {
        var from = count == 0 ? key - Margin / 4 : Math.Min(first, key - Margin);
        var to = count == 0 ? key + Margin / 4 : Math.Max(first + count, key + Margin);
        var grown = (double*)NativeMemory.AllocZeroed((nuint)(to - from), sizeof(double));
        new ReadOnlySpan<double>(buckets, count).CopyTo(new Span<double>(grown + (count == 0 ? 0 : first - from), count));
        NativeMemory.Free(buckets);
        buckets = grown;
        (first, count) = (from, to - from);
    }

    /// <summary>Exponent and the first bits of the fraction: the next larger bucket has the next larger key.</summary>
    static int Key(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> (MantissaBits - BucketBits));

    static double Floor(int key) => BitConverter.Int64BitsToDouble((long)key << (MantissaBits - BucketBits));
}
