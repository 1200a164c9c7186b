using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Weighted numbers, counted in buckets of 1/128 of a power of two, so that a quantile is wrong by less than 1 % however many there are. What is
/// not above 0 counts as 0; what is below 2^-32 or above 2^95 counts as that. Single numbers are kept as they come and put together from time to
/// time, as most groups are small; what was put together before is merged. As bytes it is <see cref="Entry"/> after entry, by ascending key.
/// </summary>
unsafe struct QuantileSketch : IGroupState<QuantileSketch>
{
    const int Unused = 52 - BucketBits;
    const int BucketBits = 7;
    const int Buckets = 1 << 14;

    /// <summary>Exponent and first bits of the fraction before those of 2^-32, of which the key is 1.</summary>
    const long Below = ((1023L - 32) << BucketBits) - 1;

    const int LeastRoom = 8;
    const int Many = 128;

    /// <summary>Merging goes over all that is kept, so it is for what is at least such a part of it.</summary>
    const int WorthMerging = 4;

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
        Append(new(in entry));
    }

    public void Add(in QuantileSketch other)
    {
        if (other.inOrder)
        {
            AddInOrder(other.Kept);
        }
        else
        {
            Append(other.Kept);
        }
    }

    public void AddWritten(ReadOnlySpan<byte> bytes) => AddInOrder(MemoryMarshal.Cast<byte, Entry>(bytes));

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
        var total = 0.0;
        foreach (var entry in entries)
        {
            total += entry.Weight;
        }
        var sought = Math.Clamp(share, 0, 1) * total;
        var passed = 0.0;
        foreach (var (weight, key) in entries)
        {
            if (passed + weight >= sought)
            {
                return key == 0 ? 0 : Floor(key) + (Floor(key + 1) - Floor(key)) * ((sought - passed) / weight);
            }
            passed += weight;
        }
        return entries.IsEmpty ? null : Floor(entries[^1].Key + 1);
    }

    public void Free()
    {
        NativeMemory.Free(entries);
        this = default;
    }

    readonly ReadOnlySpan<Entry> Kept => new(entries, kept);

    void AddInOrder(ReadOnlySpan<Entry> more)
    {
        if (inOrder && more.Length >= kept / WorthMerging)
        {
            Merge(more);
        }
        else
        {
            var first = kept == 0;
            Append(more);
            inOrder = first;
        }
    }

    void Append(ReadOnlySpan<Entry> more)
    {
        if (kept + more.Length > room)
        {
            MakeRoom(more.Length);
        }
        more.CopyTo(new(entries + kept, more.Length));
        kept += more.Length;
        inOrder = false;
    }

    /// <summary>From the end, where there is room for both.</summary>
    void Merge(ReadOnlySpan<Entry> more)
    {
        if (kept + more.Length > room)
        {
            MakeRoom(more.Length);
        }
        var (mine, others, end) = (kept - 1, more.Length - 1, kept + more.Length);
        var place = end;
        while (others >= 0)
        {
            var other = more[others];
            var order = mine < 0 ? -1 : entries[mine].Key - other.Key;
            entries[--place] =
                order > 0 ? entries[mine]
                : order < 0 ? other
                : new(entries[mine].Weight + other.Weight, other.Key);
            mine -= order >= 0 ? 1 : 0;
            others -= order <= 0 ? 1 : 0;
        }
        new ReadOnlySpan<Entry>(entries + place, end - place).CopyTo(new(entries + mine + 1, end - place));
        kept = mine + 1 + end - place;
    }

    /// <summary>They are put together so seldom that it costs little for each.</summary>
    void MakeRoom(int more)
    {
        if (kept >= Many)
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
            foreach (var (weight, key) in entries)
            {
                var place = key & (Buckets - 1);
                weights[place] += weight;
                used[place >> 6] |= 1ul << place;
            }
            var count = 0;
            for (var word = 0; word < used.Length; word++)
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
