using System.Runtime.InteropServices;
using System.Text;

namespace Server.Tests.Fuzzing;

/// <summary>
/// Makes another input of known ones: bytes, chunks, tokens of the formats, numbers at their edges, whole values with everything in them, two
/// inputs into one.
/// </summary>
/// <param name="random">All choices.</param>
/// <param name="words">Literals of the readers, each with the block of code that must have been entered before it is of use.</param>
sealed class Mutator(Random random, IReadOnlyList<(int Block, byte[] Word)> words)
{
    const int Longest = 60_000;

    static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\n",
            "\r\n",
            "null",
            "true",
            "-1",
            "0",
            "1e309",
            "-0.0",
            "NaN",
            "18446744073709551616",
            "9223372036854775807",
            "2147483648",
            "\"length\":",
            "\"type\":\"event\"",
            "\"type\":\"attachment\"",
            "\"event_id\":",
            "\"values\":[",
            "\"frames\":[",
            "\"timestamp\":",
            "\"items\":[",
            "\"stringValue\":",
            "{}\n",
            "\0",
            "\u00ff",
            "(",
            ")",
            "OR",
            "AND",
            "!",
            "has:",
            "is:",
            "*",
            ">=",
            "[a,b]",
            "\"a b\"",
            "sentry_key=",
            "%00",
            "@",
            "://",
            "..",
        }.Select(Encoding.UTF8.GetBytes),
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
        [0x28, 0xb5, 0x2f, 0xfd],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        [0x80, 0x80, 0x80, 0x80, 0x10],
        [0xef, 0xbb, 0xbf],
        [0xed, 0xa0, 0x80],
    ];

    readonly List<byte[]> learnt = [];
    readonly List<(int Block, byte[] Word)> unknown = [.. words];

    /// <summary>From now on with the words of all code that was entered.</summary>
    public void Learn(bool[] entered)
    {
        learnt.AddRange(unknown.Where(one => entered[one.Block]).Select(one => one.Word));
        unknown.RemoveAll(one => entered[one.Block]);
    }

    public byte[] Of(byte[] input, byte[] other)
    {
        var made = new List<byte>(input);
        for (var times = 1 + random.Next(4); times > 0; times--)
        {
            Once(made, other);
        }
        return made.Count > Longest ? [.. made[..Longest]] : [.. made];
    }

    void Once(List<byte> made, byte[] other)
    {
        var at = random.Next(made.Count + 1);
        var count = Math.Min(made.Count - at, 1 << random.Next(10));
        switch (random.Next(14))
        {
            case 0 when at < made.Count:
                made[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < made.Count:
                made[at] = (byte)random.Next(256);
                break;
            case 2:
                made.RemoveRange(at, count);
                break;
            case 3:
                made.InsertRange(at, made.GetRange(at, count));
                break;
            case 4:
                made.RemoveRange(at, made.Count - at);
                break;
            case 5 when other.Length > 0:
                var from = random.Next(other.Length);
                made.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 << random.Next(11))));
                break;
            case 6 when count > 0:
                // A number, a name or a value by another one.
                made.RemoveRange(at, Math.Min(count, 12));
                made.InsertRange(at, Token());
                break;
            case 7:
                var token = Token();
                for (var times = 1 << random.Next(8); times > 0; times--)
                {
                    made.InsertRange(at, token);
                }
                break;
            case 8 or 9:
                Exchange(made, at, other);
                break;
            case 10 when at < made.Count:
                made[at] = (byte)(made[at] + random.Next(-3, 4));
                break;
            default:
                made.InsertRange(at, Token());
                break;
        }
    }

    /// <summary>A value at or behind the place: gone, twice, deeper, with a member more, or another one instead.</summary>
    void Exchange(List<byte> made, int at, byte[] other)
    {
        if (Values.At(CollectionsMarshal.AsSpan(made), at) is not { } value)
        {
            return;
        }
        var (from, count) = value.GetOffsetAndLength(made.Count);
        var content = made.GetRange(from, count);
        switch (random.Next(7))
        {
            case 0:
                made.RemoveRange(from, count);
                break;
            case 1:
                made.InsertRange(from, [.. content, (byte)',']);
                break;
            case 2:
                var depth = 1 << random.Next(9);
                made.InsertRange(from + count, Enumerable.Repeat((byte)']', depth));
                made.InsertRange(from, Enumerable.Repeat((byte)'[', depth));
                break;
            case 3 or 4 when content[0] == (byte)'{':
                var given = Values.At(other, random.Next(other.Length + 1)) is { } range ? other[range] : Token();
                made.InsertRange(from + 1, [.. Name(), (byte)':', .. given, (byte)',']);
                break;
            case 5 when Values.At(other, random.Next(other.Length + 1)) is { } another:
                made.RemoveRange(from, count);
                made.InsertRange(from, other.AsSpan(another));
                break;
            default:
                made.RemoveRange(from, count);
                made.InsertRange(from, Name());
                break;
        }
    }

    byte[] Token() =>
        learnt.Count > 0 && random.Next(2) == 0 ? learnt[random.Next(learnt.Count)] : Tokens[random.Next(Tokens.Length)];

    byte[] Name() => [(byte)'"', .. Token(), (byte)'"'];
}
