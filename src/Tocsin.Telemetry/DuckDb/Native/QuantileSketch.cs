using System.Numerics;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Weighted numbers, counted in buckets of 1/128 of a power of two, so that a quantile is wrong by less than 1 % however many there are. What is
/// not above 0 counts as 0; what is below 2^-32 or above 2^95 counts as that. What comes is kept as it comes and put together when it has become
/// much, or is written: most groups are small. In memory and as bytes it is <see cref="PackedCounts"/>: of a list of thousands of groups the
/// processor's caches hold all.
/// </summary>
unsafe struct QuantileSketch : IGroupState<QuantileSketch>
{
    const int LeastRoom = 32;

    /// <summary>Bytes of numbers, many of which share a bucket.</summary>
    const int ManyNumbers = 512;

    /// <summary>Bytes of buckets that were put together before: nearly as many as all that is measured has.</summary>
    const int ManyBuckets = 2_048;

    byte* bytes;
    int room;
    int kept;

    /// <summary>Each bucket is there once, by ascending key.</summary>
    bool inOrder;

    public void Add(double value, double weight)
    {
        Span<byte> one = stackalloc byte[PackedCounts.MostBytes];
        Append(one[..PackedCounts.Write([new((float)weight, BucketCount.KeyOf(value))], one)], ManyNumbers);
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

    public void AddWritten(ReadOnlySpan<byte> written)
    {
        var isFirst = kept == 0;
        Append(written, ManyBuckets);
        inOrder = isFirst;
    }

    public readonly int MostBytes => kept;

    public int Write(Span<byte> target)
    {
        PutTogether();
        Kept.CopyTo(target);
        return kept;
    }

    /// <param name="shares">0 to 1 each.</param>
    /// <param name="target">Gets one for each, none when nothing was added.</param>
    /// <returns>Whether anything was.</returns>
    public readonly bool TryWriteQuantiles(ReadOnlySpan<double> shares, Span<double> target) => TryRead(Kept, shares, target);

    /// <summary>Of the bytes of <see cref="Write"/>. Null of nothing.</summary>
    public static double? Quantile(ReadOnlySpan<byte> written, double share)
    {
        var quantile = 0.0;
        return TryRead(written, [share], new(ref quantile)) ? quantile : null;
    }

    static bool TryRead(ReadOnlySpan<byte> packed, ReadOnlySpan<double> shares, Span<double> target)
    {
        var sums = BucketSums.Rent();
        PackedCounts.AddTo(sums, packed);
        var counts = sums.Take();
        if (!counts.IsEmpty)
        {
            var quantiles = new BucketQuantiles(counts);
            for (var at = 0; at < shares.Length; at++)
            {
                target[at] = quantiles.At(shares[at]);
            }
        }
        sums.Return();
        return !counts.IsEmpty;
    }

    public void Free()
    {
        NativeMemory.Free(bytes);
        this = default;
    }

    readonly ReadOnlySpan<byte> Kept => new(bytes, kept);

    void Append(ReadOnlySpan<byte> more, int many)
    {
        if (kept + more.Length > room)
        {
            MakeRoom(more.Length, many);
        }
        more.CopyTo(new(bytes + kept, more.Length));
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
            bytes = (byte*)NativeMemory.Realloc(bytes, (nuint)room);
        }
    }

    /// <summary>In place: together they are never more bytes than one by one.</summary>
    void PutTogether()
    {
        if (!inOrder)
        {
            var sums = BucketSums.Rent();
            PackedCounts.AddTo(sums, Kept);
            kept = PackedCounts.Write(sums.Take(), new(bytes, room));
            sums.Return();
        }
        inOrder = true;
    }
}
