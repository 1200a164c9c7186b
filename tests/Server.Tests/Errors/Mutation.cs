using System.Text.Json;
using System.Text.Json.Nodes;

namespace Server.Tests.Errors;

/// <summary>An event as a broken client or a hostile one would send it: values of wrong shape, size or encoding, names moved, bytes lost.</summary>
static class Mutation
{
    static readonly string[] Values =
    [
        "null",
        "true",
        "-1",
        "1e308",
        "123456789012345678901234567890",
        "\"\"",
        "\"\\u0000x\"",
        "[]",
        "{}",
        "[null,[[]],{\"a\":{}}]",
        "{\"values\":[null,{\"frames\":null}]}",
        "\"{{auto}}\"",
        "[[\"k\"],[\"k\",1],[1,\"v\",2]]",
        "\"2026-13-45T99:99:99Z\"",
        "\"%(x)s %d %% {0} {y\"",
        "\"4111 1111 1111 1111 DE89370400440532013000 -----BEGIN PRIVATE KEY-----\"",
    ];

    public static byte[] Of(ReadOnlySpan<byte> json, Random random)
    {
        if (random.Next(5) == 0)
        {
            return Bytes(json, random);
        }
        try
        {
            var root = JsonNode.Parse(json);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                Change(root, random);
            }
            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        catch (JsonException)
        {
            // Some captures hold half characters, which this writer refuses.
            return Bytes(json, random);
        }
    }

    static void Change(JsonNode? node, Random random)
    {
        while (true)
        {
            switch (node)
            {
                case JsonObject { Count: > 0 } bag:
                    var name = bag.ElementAt(random.Next(bag.Count)).Key;
                    if (bag[name] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(6) > 0)
                    {
                        node = bag[name];
                        continue;
                    }
                    bag[name] = Value(random);
                    return;
                case JsonArray { Count: > 0 } list:
                    var index = random.Next(list.Count);
                    if (list[index] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(6) > 0)
                    {
                        node = list[index];
                        continue;
                    }
                    list[index] = Value(random);
                    return;
                default:
                    return;
            }
        }
    }

    static JsonNode? Value(Random random) =>
        random.Next(12) == 0
            ? new string((char)random.Next(32, 0x3000), random.Next(20_000))
            : JsonNode.Parse(Values[random.Next(Values.Length)]);

    static byte[] Bytes(ReadOnlySpan<byte> json, Random random)
    {
        var bytes = json.ToArray();
        switch (random.Next(4))
        {
            case 3:
                // Half of a character of two units, which is legal JSON and no text.
                var at = bytes.AsSpan().IndexOf((byte)'"') + 1;
                return [.. bytes[..at], .. "\\ud800"u8, .. bytes[at..]];
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                for (var i = 0; i < 8; i++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }
                return bytes;
            default:
                var from = random.Next(bytes.Length);
                return [.. bytes[..from], .. bytes[Math.Min(bytes.Length, from + random.Next(64))..]];
        }
    }
}
