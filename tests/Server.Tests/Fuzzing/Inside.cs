using Server.Tests.Gateway;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Fuzzing;

/// <summary>
/// What a mutation of bytes would only break: what is compressed, what has its length in front of it, what is one line of many. A part is taken
/// out, mutated, and put back so that the rest still reads.
/// </summary>
static class Inside
{
    const int MostUnpacked = 60_000;

    /// <summary>An envelope: one of its lines; an item with its header once more or not at all.</summary>
    public static byte[] Lines(byte[] input, Random random, Func<byte[], byte[]> mutate)
    {
        var lines = new List<byte[]>();
        foreach (var line in input.AsSpan().Split((byte)'\n'))
        {
            lines.Add(input[line]);
        }
        var at = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.AddRange([.. lines.GetRange(at, Math.Min(2, lines.Count - at))]);
                break;
            case 1:
                lines.RemoveRange(at, Math.Min(2, lines.Count - at));
                break;
            default:
                lines[at] = mutate(lines[at]);
                break;
        }
        return [.. lines.SelectMany((line, i) => i == 0 ? line : [(byte)'\n', .. line])];
    }

    /// <summary>Protobuf: a field of a message, of a message within it, and so on, with all lengths made right again.</summary>
    public static byte[] Message(byte[] input, Random random, Func<byte[], byte[]> mutate)
    {
        if (ProtoFields.Of(input) is not { Count: > 0 } fields)
        {
            return mutate(input);
        }
        var at = random.Next(fields.Count);
        var (number, wire, content) = fields[at];
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Insert(random.Next(fields.Count), fields[at]);
                break;
            case 2:
                fields[at] = (random.Next(1, 40), wire, content);
                break;
            case 3 when wire == 0:
                fields[at] = (number, wire, BitConverter.GetBytes(ulong.MaxValue >> random.Next(64)));
                break;
            default:
                fields[at] = (
                    number,
                    wire,
                    wire == 2 ? Message(content, random, mutate) : ProtoFields.Same(mutate(content), content)
                );
                break;
        }
        return ProtoFields.Write(fields);
    }

    /// <summary>A compressed body: its content, or how it is packed: cut, twice in a row, with something behind it, packed twice.</summary>
    public static Func<byte[], Random, Func<byte[], byte[]>, byte[]> Packed(ContentCoding coding) =>
        (input, random, mutate) =>
        {
            var content = mutate(Unpacked(coding, input));
            var packed = Coded.As(coding, content);
            return random.Next(8) switch
            {
                0 => packed[..random.Next(packed.Length + 1)],
                1 => [.. packed, .. Coded.As(coding, mutate(content))],
                2 => [.. packed, .. mutate([])],
                3 => Coded.As(coding, packed),
                4 => mutate(packed),
                _ => packed,
            };
        };

    /// <summary>Nothing of what is broken or larger than an input may be.</summary>
    static byte[] Unpacked(ContentCoding coding, byte[] packed)
    {
        try
        {
            using var arena = new BodyArena();
            return BodyInflater.Inflate(Name(coding), packed, new BodyLimits(MostUnpacked, MostUnpacked), arena).ToArray();
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    static string Name(ContentCoding coding) => coding == ContentCoding.Brotli ? "br" : coding.ToString().ToLowerInvariant();
}
