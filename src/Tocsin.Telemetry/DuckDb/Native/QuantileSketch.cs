using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Weighted numbers, counted in buckets of 1/128 of a power of two, so that a quantile is wrong by less than 1 % however many there are. What is
/// not above 0 counts as 0. A few are kept as they come: many groups have few. Lies in DuckDB's memory, its buckets in native memory of ours;
/// zeroed, it is empty. As bytes it is <see cref="Entry"/> after entry, by ascending key.
/// </summary>
unsafe struct QuantileSketch
{
    const int MantissaBits = 52;
    const int BucketBits = 7;
    const int Margin = 1 << BucketBits;
    const int MostEntries = 128;

    Entry* entries;
    int room;
    int kept;
    double* buckets;
    int first;
    int count;
    double zeros;

    /// <summary>A bucket by its key, which is 0 for what is not above 0; a weight above 2^24 is rounded.</summary>
    [StructLayout(LayoutKind.Sequential)]
    readonly record struct Entry(float Weight, int Key);

    public void Add(double value, double weight) =>
        Add(new Entry((float)weight, value > 0 && double.IsFinite(value) ? KeyOf(value) : 0));

    public void Add(in QuantileSketch other)
    {
        foreach (var entry in new ReadOnlySpan<Entry>(other.entries, other.kept))
        {
            Add(entry);
        }
        if (other.buckets is not null)
        {
            BecomeBuckets();
            zeros += other.zeros;
            for (var at = 0; at < other.count; at++)
            {
                if (other.buckets[at] > 0)
                {
                    *Bucket(other.first + at) += other.buckets[at];
                }
            }
        }
    }

    /// <summary>The bytes of <see cref="Write"/>.</summary>
    public void AddWritten(ReadOnlySpan<byte> bytes)
    {
        foreach (var entry in MemoryMarshal.Cast<byte, Entry>(bytes))
        {
            Add(entry);
        }
    }

    public readonly int MostBytes => Math.Max(kept, count + 1) * sizeof(Entry);

    /// <returns>How many bytes.</returns>
    public readonly int Write(Span<byte> target)
    {
        var written = MemoryMarshal.Cast<byte, Entry>(target);
        var next = 0;
        if (buckets is null)
        {
            // As numbers, of which the key is the upper half: they sort five times as fast.
            new Span<ulong>(entries, kept).Sort();
            foreach (var entry in new ReadOnlySpan<Entry>(entries, kept))
            {
                if (next > 0 && written[next - 1].Key == entry.Key)
                {
                    written[next - 1] = entry with { Weight = written[next - 1].Weight + entry.Weight };
                }
                else
                {
                    written[next++] = entry;
                }
            }
            return next * sizeof(Entry);
        }
        if (zeros > 0)
        {
            written[next++] = new((float)zeros, 0);
        }
        for (var at = 0; at < count; at++)
        {
            if (buckets[at] > 0)
            {
                written[next++] = new((float)buckets[at], first + at);
            }
        }
        return next * sizeof(Entry);
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
        NativeMemory.Free(buckets);
        this = default;
    }

    void Add(Entry entry)
    {
        if (buckets is null && kept == room)
        {
            if (room < MostEntries)
            {
                room = Math.Max(8, 2 * room);
                entries = (Entry*)NativeMemory.Realloc(entries, (nuint)(room * sizeof(Entry)));
            }
            else
            {
                BecomeBuckets();
            }
        }
        if (buckets is null)
        {
            entries[kept++] = entry;
        }
        else
        {
            Count(entry);
        }
    }

    void BecomeBuckets()
    {
        if (buckets is not null)
        {
            return;
        }
        buckets = (double*)NativeMemory.AllocZeroed(1, sizeof(double));
        foreach (var entry in new ReadOnlySpan<Entry>(entries, kept))
        {
            Count(entry);
        }
        NativeMemory.Free(entries);
        entries = null;
        (kept, room) = (0, 0);
    }

    void Count(Entry entry)
    {
        if (entry.Key == 0)
        {
            zeros += entry.Weight;
        }
        else
        {
            *Bucket(entry.Key) += entry.Weight;
        }
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
    static int KeyOf(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> (MantissaBits - BucketBits));

    static double Floor(int key) => BitConverter.Int64BitsToDouble((long)key << (MantissaBits - BucketBits));
}
