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

    /// <summary>Bytes that other sketches came with: those of a day each, of which hardly any list asks for more than a dozen.</summary>
    const int ManyTaken = 16_384;

    /// <summary>The block that grows; null: nothing was added.</summary>
    ByteBlock* newest;

    /// <summary>Bytes in all blocks.</summary>
    int kept;

    /// <summary>They are in one block, and each bucket is there once, by ascending key.</summary>
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
            return;
        }
        if (other.kept > 0)
        {
            other.Oldest->Before = newest;
            newest = other.newest;
            kept += other.kept;
            inOrder = false;
            other = default;
        }
        if (kept >= ManyTaken)
        {
            PutTogether();
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
        if (newest is not null)
        {
            newest->Kept.CopyTo(target);
        }
        return kept;
    }

    /// <param name="shares">0 to 1 each.</param>
    /// <param name="target">Gets one for each, none when nothing was added.</param>
    /// <returns>Whether anything was.</returns>
    public readonly bool TryWriteQuantiles(ReadOnlySpan<double> shares, Span<double> target)
    {
        var sums = BucketSums.Rent();
        AddTo(sums);
        return TryRead(sums, shares, target);
    }

    /// <summary>Of the bytes of <see cref="Write"/>. Null of nothing.</summary>
    public static double? Quantile(ReadOnlySpan<byte> written, double share)
    {
        var quantile = 0.0;
        var sums = BucketSums.Rent();
        PackedCounts.AddTo(sums, written);
        return TryRead(sums, [share], new(ref quantile)) ? quantile : null;
    }

    /// <summary>Returns the sums.</summary>
    static bool TryRead(BucketSums sums, ReadOnlySpan<double> shares, Span<double> target)
    {
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
        ByteBlock.FreeAll(newest);
        this = default;
    }

    readonly ByteBlock* Oldest
    {
        get
        {
            var block = newest;
            while (block->Before is not null)
            {
                block = block->Before;
            }
            return block;
        }
    }

    readonly void AddTo(BucketSums sums)
    {
        for (var block = newest; block is not null; block = block->Before)
        {
            PackedCounts.AddTo(sums, block->Kept);
        }
    }

    void Append(ReadOnlySpan<byte> more, int many)
    {
        if (newest is null || newest->Left < more.Length)
        {
            if (kept >= many)
            {
                PutTogether();
            }
            // So much more each time that they are put together so seldom that it costs little for each.
            if (newest is null || newest->Left < Math.Max(more.Length, kept / 2))
            {
                newest = ByteBlock.Behind(newest, Math.Max(more.Length, Math.Max(LeastRoom, kept)));
            }
        }
        newest->Append(more);
        kept += more.Length;
        inOrder = false;
    }

    /// <summary>Into one block: together they are never more bytes than one by one.</summary>
    void PutTogether()
    {
        if (!inOrder && kept > 0)
        {
            var sums = BucketSums.Rent();
            AddTo(sums);
            var together = ByteBlock.Behind(null, kept);
            kept = together->Fill(sums.Take());
            sums.Return();
            ByteBlock.FreeAll(newest);
            newest = together;
        }
        inOrder = true;
    }
}
