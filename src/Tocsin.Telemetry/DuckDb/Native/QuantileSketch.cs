using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Weighted numbers, counted in buckets of 1/128 of a power of two, so that a quantile is wrong by less than 1 % however many there are. What is
/// not above 0 counts as 0; what is below 2^-32 or above 2^95 counts as that. What comes is kept as it comes and put together when it has become
/// much, or is written: most groups are small. As bytes it is <see cref="Entry"/> after entry, by ascending key.
/// </summary>
unsafe struct QuantileSketch : IGroupState<QuantileSketch>
{
    const int Unused = 52 - BucketBits;
    const int BucketBits = 7;
    const int Buckets = 1 << 14;

    /// <summary>Exponent and first bits of the fraction before those of 2^-32, of which the key is 1.</summary>
    const long Below = ((1023L - 32) << BucketBits) - 1;

    const int LeastRoom = 8;

    /// <summary>Numbers, many of which share a bucket.</summary>
    const int ManyNumbers = 128;

    /// <summary>Buckets of what was put together before: nearly as many as all that is measured has.</summary>
    const int ManyBuckets = 1_024;

    /// <summary>One for each thread that works at the same time.</summary>
    static readonly ConcurrentQueue<Sums> Idle = new();

    Entry* entries;
    int room;
    int kept;

    /// <summary>One entry for each bucket, by ascending key.</summary>
    bool inOrder;

    /// <summary>A bucket by its key, which is 0 for what is not above 0; a weight above 2^24 is rounded.</summary>
    [StructLayout(LayoutKind.Sequential)]
    readonly record struct Entry(float Weight, int Key);

    public void Add(double value, double weight)
    {
        var entry = new Entry((float)weight, KeyOf(value));
        Append(new(in entry), ManyNumbers);
    }

    public void Take(ref QuantileSketch other)
    {
        if (kept == 0)
        {
            (this, other) = (other, this);
        }
        else
        {
            Append(other.Kept, ManyBuckets);
        }
    }

    public void AddWritten(ReadOnlySpan<byte> bytes)
    {
        var isFirst = kept == 0;
        Append(MemoryMarshal.Cast<byte, Entry>(bytes), ManyBuckets);
        inOrder = isFirst;
    }

    public readonly int MostBytes => kept * sizeof(Entry);

    public int Write(Span<byte> target)
    {
        PutTogether();
        MemoryMarshal.AsBytes(Kept).CopyTo(target);
        return MostBytes;
    }

    /// <summary>Of the bytes of <see cref="Write"/>. Null of nothing.</summary>
    public static double? Quantile(ReadOnlySpan<byte> bytes, double share)
    {
        var entries = MemoryMarshal.Cast<byte, Entry>(bytes);
        if (entries.IsEmpty)
        {
            return null;
        }
        var total = Total(entries);
        var sought = Math.Clamp(share, 0, 1) * total;
        // From the nearer end to the bucket below which there is less than what is sought, and with which there is not.
        var (at, below) = share <= 0.5 ? Upwards(entries, sought) : Downwards(entries, sought, total);
        var (weight, key) = entries[at];
        return key == 0 ? 0 : Floor(key) + (Floor(key + 1) - Floor(key)) * Math.Clamp((sought - below) / weight, 0, 1);
    }

    /// <summary>Four sums at once: each addition would wait for the one before.</summary>
    static double Total(ReadOnlySpan<Entry> entries)
    {
        var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0);
        for (; entries.Length >= 4; entries = entries[4..])
        {
            first += entries[0].Weight;
            second += entries[1].Weight;
            third += entries[2].Weight;
            fourth += entries[3].Weight;
        }
        foreach (var entry in entries)
        {
            first += entry.Weight;
        }
        return first + second + (third + fourth);
    }

    static (int At, double Below) Upwards(ReadOnlySpan<Entry> entries, double sought)
    {
        var (at, below) = (0, 0.0);
        while (at < entries.Length - 1 && below + entries[at].Weight < sought)
        {
            below += entries[at++].Weight;
        }
        return (at, below);
    }

    static (int At, double Below) Downwards(ReadOnlySpan<Entry> entries, double sought, double total)
    {
        var at = entries.Length - 1;
        var below = total - entries[at].Weight;
        while (at > 0 && below >= sought)
        {
            below -= entries[--at].Weight;
        }
        return (at, below);
    }

    public void Free()
    {
        NativeMemory.Free(entries);
        this = default;
    }

    readonly ReadOnlySpan<Entry> Kept => new(entries, kept);

    void Append(ReadOnlySpan<Entry> more, int many)
    {
        if (kept + more.Length > room)
        {
            MakeRoom(more.Length, many);
        }
        more.CopyTo(new(entries + kept, more.Length));
        kept += more.Length;
        inOrder = false;
    }

    /// <summary>They are put together so seldom that it costs little for each.</summary>
    void MakeRoom(int more, int many)
    {
        if (kept >= many)
        {
            PutTogether();
        }
        if (kept + more > room / 2)
        {
            room = Math.Max(LeastRoom, (int)BitOperations.RoundUpToPowerOf2((uint)(kept + more)) * (kept == 0 ? 1 : 2));
            entries = (Entry*)NativeMemory.Realloc(entries, (nuint)(room * sizeof(Entry)));
        }
    }

    void PutTogether()
    {
        if (kept > 1 && !inOrder)
        {
            var sums = Idle.TryDequeue(out var idle) ? idle : new();
            kept = sums.PutTogether(new(entries, kept));
            Idle.Enqueue(sums);
        }
        inOrder = true;
    }

    static int KeyOf(double value) =>
        value > 0 ? (int)Math.Clamp((BitConverter.DoubleToInt64Bits(value) >> Unused) - Below, 1, Buckets - 1) : 0;

    static double Floor(int key) => BitConverter.Int64BitsToDouble((key + Below) << Unused);

    /// <summary>Where weights are added up, a place for each bucket. Empty between groups.</summary>
    sealed class Sums
    {
        readonly double[] weights = new double[Buckets];

        /// <summary>A bit for each bucket that has some.</summary>
        readonly ulong[] used = new ulong[Buckets / 64];

        /// <returns>How many are left; they lie at the beginning.</returns>
        public int PutTogether(Span<Entry> entries)
        {
            var (first, last) = (Buckets / 64, 0);
            foreach (var (weight, key) in entries)
            {
                var place = key & (Buckets - 1);
                var word = place >> 6;
                weights[place] += weight;
                used[word] |= 1ul << place;
                first = Math.Min(first, word);
                last = Math.Max(last, word);
            }
            var count = 0;
            for (var word = first; word <= last; word++)
            {
                for (; used[word] != 0; used[word] &= used[word] - 1)
                {
                    var place = (word << 6) + BitOperations.TrailingZeroCount(used[word]);
                    if (weights[place] > 0)
                    {
                        entries[count++] = new((float)weights[place], place);
                    }
                    weights[place] = 0;
                }
            }
            return count;
        }
    }
}
