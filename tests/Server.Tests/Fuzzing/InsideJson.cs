using System.Text;
using System.Text.Json;

namespace Server.Tests.Fuzzing;

/// <summary>
/// JSON, changed so that it stays JSON: one of its values, drawn among all of them, becomes an edge of its kind, deeper, longer, more, another one of
/// the same text, or stands there under its name twice. What is large is changed within, and not cut off in the middle.
/// </summary>
static class InsideJson
{
    const int Longest = 60_000;

    static readonly byte[][] Edges =
    [
        .. new[]
        {
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "-0",
            "1e309",
            "1e-400",
            "0.1000000000000000055511151231257827",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            new string('9', 400),
            "253402300800",
            "-62135596801.5",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\ud83d\\ude00\"",
            "\"9999-12-31T23:59:60.999999999999Z\"",
            "\"00000000000000000000000000000000\"",
            $"\"{new string('x', 5_000)}\"",
            $"\"{string.Concat(Enumerable.Repeat("\U0001F600", 3_000))}\"",
            $"\"x{string.Concat(Enumerable.Repeat("\U0001F600", 3_000))}\"",
            $"\"{string.Concat(Enumerable.Repeat("\\u00e9", 300))}\"",
            "[null,[null,null],{}]",
            "{\"\":null,\"a\":1,\"a\":2}",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Change(byte[] input, Random random, Func<byte[], byte[]> mutate)
    {
        if (Read(input) is not { Count: > 0 } values)
        {
            return mutate(input);
        }
        var made = input;
        for (var times = 1 + random.Next(3); times > 0 && values is { Count: > 0 }; times--)
        {
            made = Once(made, values, random, mutate);
            values = Read(made);
        }
        return made.Length > Longest ? mutate(input) : made;
    }

    static byte[] Once(byte[] input, List<Value> values, Random random, Func<byte[], byte[]> mutate)
    {
        var value = values[random.Next(values.Count)];
        var content = input[value.From..value.To];
        byte[] other = random.Next(2) == 0 ? Edges[random.Next(Edges.Length)] : Content(input, values[random.Next(values.Count)]);
        switch (random.Next(8))
        {
            case 0:
                return Replace(input, value.From, value.To, mutate(content));
            case 1 when value.Name is { } name:
                return Replace(input, name.From, name.From, [.. Content(input, name), (byte)':', .. other, (byte)',']);
            case 2 when value.Name is { } name:
                return Replace(input, name.From, name.To, Quoted(mutate(input[(name.From + 1)..(name.To - 1)])));
            case 3:
                var depth = 1 << random.Next(9);
                return Replace(
                    input,
                    value.From,
                    value.To,
                    [.. Enumerable.Repeat((byte)'[', depth), .. content, .. Enumerable.Repeat((byte)']', depth)]
                );
            case 4 when value.Name is null && value.From > 0:
                var times = Math.Min(1 << random.Next(10), 1 + (Longest / (2 * content.Length)));
                return Replace(
                    input,
                    value.From,
                    value.From,
                    [.. Enumerable.Repeat<byte[]>([.. content, (byte)','], times).SelectMany(one => one)]
                );
            default:
                return Replace(input, value.From, value.To, other);
        }
    }

    static byte[] Content(byte[] input, Value value) => input[value.From..value.To];

    static byte[] Quoted(byte[] text) => [(byte)'"', .. text, (byte)'"'];

    static byte[] Replace(byte[] input, int from, int to, byte[] by) => [.. input.AsSpan(0, from), .. by, .. input.AsSpan(to)];

    /// <summary>Where the values lie, each with its name if it is a member's; null: it is no JSON.</summary>
    static List<Value>? Read(byte[] input)
    {
        var values = new List<Value>();
        var open = new Stack<(int From, Value? Name)>();
        Value? name = null;
        var reader = new Utf8JsonReader(input, new JsonReaderOptions { MaxDepth = 1_000 });
        try
        {
            while (reader.Read())
            {
                var (from, to) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = new(from, EndOfName(input, from));
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((from, name));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var whole = open.Pop();
                        values.Add(new(whole.From, to, whole.Name));
                        break;
                    default:
                        values.Add(new(from, to, name));
                        break;
                }
                name = null;
            }
            return values;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The reader counts the colon to the name.</summary>
    static int EndOfName(byte[] input, int from)
    {
        for (var at = from + 1; ; at++)
        {
            if (input[at] == (byte)'\\')
            {
                at++;
            }
            else if (input[at] == (byte)'"')
            {
                return at + 1;
            }
        }
    }

    sealed record Value(int From, int To, Value? Name = null);
}
