using System.Buffers.Binary;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Buckets as bytes, most of them in one: the distance from the key before, doubled, and one more where a weight follows, as most are 1. A weight is
/// doubled too where it is whole; otherwise 1 and a float. Numbers are in base 128, the lowest digits first. A 0 ends the buckets: what follows it
/// begins again, so that such bytes can be put one behind the other.
/// </summary>
static class PackedCounts
{
    /// <summary>Of a bucket and its end.</summary>
    public const int MostBytes = 9;

    const int BeforeFirst = -1;
    const int WholeBits = 20;

    /// <param name="counts">By ascending key, each once.</param>
    /// <returns>How many bytes; none for no buckets.</returns>
    public static int Write(ReadOnlySpan<BucketCount> counts, Span<byte> target)
    {
        if (counts.IsEmpty)
        {
            return 0;
        }
        var (at, before) = (0, BeforeFirst);
        foreach (var (weight, key) in counts)
        {
            var step = (uint)(key - before) << 1;
            before = key;
            if (weight == 1)
            {
                WriteNumber(step, target, ref at);
            }
            else
            {
                WriteNumber(step | 1, target, ref at);
                WriteWeight(weight, target, ref at);
            }
        }
        target[at++] = 0;
        return at;
    }

    static void WriteWeight(float weight, Span<byte> target, ref int at)
    {
        if (weight is >= 0 and < 1 << WholeBits && weight == (uint)weight)
        {
            WriteNumber((uint)weight << 1, target, ref at);
            return;
        }
        target[at++] = 1;
        BinaryPrimitives.WriteSingleLittleEndian(target[at..], weight);
        at += sizeof(float);
    }

    static void WriteNumber(uint number, Span<byte> target, ref int at)
    {
        for (; number >= 0x80; number >>= 7)
        {
            target[at++] = (byte)(number | 0x80);
        }
        target[at++] = (byte)number;
    }

    /// <summary>Gives each bucket to the sums. What a damaged file cut off is left out.</summary>
    public static void AddTo(BucketSums sums, ReadOnlySpan<byte> packed)
    {
        var key = BeforeFirst;
        for (var at = 0; at < packed.Length; )
        {
            var step = ReadNumber(packed, ref at);
            if (step == 0)
            {
                key = BeforeFirst;
                continue;
            }
            key += (int)(step >> 1);
            sums.Add(key, (step & 1) == 0 ? 1 : ReadWeight(packed, ref at));
        }
    }

    static double ReadWeight(ReadOnlySpan<byte> packed, ref int at)
    {
        if (at >= packed.Length)
        {
            return 0;
        }
        var number = ReadNumber(packed, ref at);
        if ((number & 1) == 0)
        {
            return number >> 1;
        }
        var place = at;
        at += sizeof(float);
        return at <= packed.Length ? BinaryPrimitives.ReadSingleLittleEndian(packed[place..]) : 0;
    }

    static uint ReadNumber(ReadOnlySpan<byte> packed, ref int at)
    {
        uint digit = packed[at++];
        var number = digit & 0x7F;
        for (var shift = 7; digit >= 0x80 && at < packed.Length; shift += 7)
        {
            digit = packed[at++];
            number |= (digit & 0x7F) << shift;
        }
        return number;
    }
}
