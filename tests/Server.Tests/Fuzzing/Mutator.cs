using System.Text;

namespace Server.Tests.Fuzzing;

/// <summary>Makes another input of known ones: bytes, chunks, tokens of the formats, numbers at their edges, two inputs into one.</summary>
sealed class Mutator(Random random)
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
        switch (random.Next(9))
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
                made.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 7:
                var token = Tokens[random.Next(Tokens.Length)];
                for (var times = 1 << random.Next(8); times > 0; times--)
                {
                    made.InsertRange(at, token);
                }
                break;
            default:
                made.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
