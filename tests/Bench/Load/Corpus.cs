using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bench.Load;

/// <summary>
/// Bodies made of real captured events (<c>tests/samples</c>): 40 % small (about 2 KB gzipped), 40 % medium (6 KB), 15 % large (11 KB), 5 %
/// transactions of 100 spans. What identifies something in a capture (digits, hex) is drawn anew for each body, and frames, locals and
/// breadcrumbs are added in the capture's own shape until the size is reached, so that no two bodies compress into each other.
/// </summary>
sealed class Corpus
{
    const int Small = 2_000;
    const int Medium = 6_000;
    const int Large = 11_000;
    const int SpansOfOne = 100;
    const int OwnPacked = 90;

    static readonly string[] Words =
    [
        .. "order customer basket price invoice session token retry timeout queue worker shard region index cache render query commit parse store fetch upload user account payment stock label route socket buffer frame event issue".Split(
            ' '
        ),
    ];

    Corpus(IReadOnlyList<Body> bodies, long plain, long packed, long gzip)
    {
        Bodies = bodies;
        (Plain, Packed, Gzip) = (plain / bodies.Count, packed / bodies.Count, gzip / bodies.Count);
    }

    public IReadOnlyList<Body> Bodies { get; }

    /// <summary>Means in bytes: uncompressed, as sent, and as one <c>gzip -6</c> of the whole.</summary>
    public long Plain { get; }
    public long Packed { get; }
    public long Gzip { get; }

    public static Corpus Build(LoadOptions options)
    {
        var captures = Captures();
        var bodies = new Body[options.Bodies];
        var (plain, packed, gzip) = (0L, 0L, 0L);
        Parallel.For(
            0,
            bodies.Length,
            i =>
            {
                var chance = new Random(i);
                var body = Make(options.Mix, chance, captures);
                bodies[i] = body;
                var begin = body.Begin(Convert.ToHexStringLower(new byte[16]), 0, 0);
                Interlocked.Add(ref plain, begin.Length - Body.MemberOverhead + body.RestLength);
                Interlocked.Add(ref packed, begin.Length + body.Rest.Length);
                // In one member the id and its line cost about what they have beyond their repetitions.
                Interlocked.Add(ref gzip, body.Rest.Length + OwnPacked);
            }
        );
        return new(bodies, plain, packed, gzip);
    }

    static Body Make(string mix, Random chance, IReadOnlyList<JsonObject> captures)
    {
        var draw = mix switch
        {
            "spans" => 99,
            "errors" => chance.Next(95),
            _ => chance.Next(100),
        };
        if (draw >= 95)
        {
            var (rest, length) = Pack(Transaction(chance));
            return new("transaction", rest, length, SpansOfOne + 1);
        }
        var wanted =
            draw < 40 ? Small
            : draw < 80 ? Medium
            : Large;
        var made = Vary((JsonObject)captures[chance.Next(captures.Count)].DeepClone(), chance);
        while (true)
        {
            var (rest, length) = Pack(made);
            if (rest.Length >= wanted)
            {
                return new("event", rest, length, 0);
            }
            Grow(made, chance, Math.Clamp((wanted - rest.Length) / 120, 1, 40));
        }
    }

    /// <summary>The captured events of ordinary size.</summary>
    static List<JsonObject> Captures()
    {
        var folder = FindSamples();
        var found = new List<JsonObject>();
        foreach (var path in Directory.GetFiles(folder, "*.bin", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (TryRead(path) is { } payload)
            {
                foreach (var own in (string[])["event_id", "fingerprint", "user", "timestamp", "type"])
                {
                    payload.Remove(own);
                }
                found.Add(payload);
            }
        }
        return found;
    }

    static JsonObject? TryRead(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length is < 200 or > 60_000)
        {
            return null;
        }
        try
        {
            if (bytes is [0x1f, 0x8b, ..])
            {
                using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                using var plain = new MemoryStream();
                gzip.CopyTo(plain);
                bytes = plain.ToArray();
            }
            var lines = Encoding.UTF8.GetString(bytes).Split('\n');
            var isError =
                lines.Length >= 3
                && JsonNode.Parse(lines[1]) is JsonObject header
                && (string?)header["type"] == "event"
                && lines[2].Length is > 500 and < 60_000;
            if (!isError || JsonNode.Parse(lines[2]) is not JsonObject payload || !payload.ContainsKey("exception"))
            {
                return null;
            }
            // Some captures hold text that only a lenient reader takes.
            payload.ToJsonString();
            return payload;
        }
        catch (Exception unlike) when (unlike is JsonException or InvalidDataException or InvalidOperationException)
        {
            // Not an envelope with an error first: another kind of sample.
            return null;
        }
    }

    static JsonObject Vary(JsonObject payload, Random chance) =>
        (JsonObject)
            JsonNode.Parse(
                string.Create(
                    payload.ToJsonString().Length,
                    payload.ToJsonString(),
                    (into, from) =>
                    {
                        from.CopyTo(into);
                        for (var i = 0; i + 5 < into.Length; i++)
                        {
                            // A run of six or more digits or hex digits inside a text names something; a short one may mean something.
                            var run = 0;
                            while (i + run < into.Length && char.IsAsciiHexDigitLower(into[i + run]))
                            {
                                run++;
                            }
                            if (
                                run >= 6
                                && i > 0
                                && !char.IsAsciiLetterOrDigit(into[i - 1])
                                && into[i - 1] != ':'
                                && into[i - 1] != ','
                            )
                            {
                                for (var at = i; at < i + run; at++)
                                {
                                    into[at] = char.IsAsciiDigit(into[at]) ? (char)('0' + chance.Next(10)) : into[at];
                                }
                            }
                            i += run;
                        }
                    }
                )
            )!;

    /// <summary>Frames with locals, and breadcrumbs.</summary>
    static void Grow(JsonObject payload, Random chance, int steps)
    {
        var crumbs = payload["breadcrumbs"] switch
        {
            JsonObject { } keyed when keyed["values"] is JsonArray values => values,
            JsonArray plain => plain,
            _ => null,
        };
        if (crumbs is null)
        {
            payload["breadcrumbs"] = new JsonObject { ["values"] = crumbs = [] };
        }
        var frames = payload["exception"]?["values"]?[0]?["stacktrace"]?["frames"] as JsonArray;
        for (var step = 0; step < steps; step++)
        {
            if (frames is not null && frames.Count < 100 && chance.Next(3) > 0)
            {
                frames.Insert(0, Frame(chance));
            }
            else if (crumbs.Count < 90)
            {
                crumbs.Add(Crumb(chance));
            }
            else
            {
                var extra = payload["extra"] as JsonObject ?? [];
                payload["extra"] = extra;
                extra[$"{Word(chance)}_{chance.Next(100_000)}"] = Sentence(chance, 12);
            }
        }
    }

    static JsonObject Frame(Random chance) =>
        new()
        {
            ["filename"] = $"{Word(chance)}/{Word(chance)}/{Word(chance)}.py",
            ["function"] = $"{Word(chance)}_{Word(chance)}",
            ["module"] = $"{Word(chance)}.{Word(chance)}",
            ["lineno"] = chance.Next(2_000),
            ["in_app"] = chance.Next(3) == 0,
            ["context_line"] = $"        {Word(chance)} = {Word(chance)}({Word(chance)}, {Word(chance)})",
            ["pre_context"] = new JsonArray(Sentence(chance, 5), Sentence(chance, 4)),
            ["post_context"] = new JsonArray(Sentence(chance, 5), Sentence(chance, 4)),
            ["vars"] = new JsonObject
            {
                [Word(chance)] = $"<{Word(chance)} {chance.NextInt64():x}>",
                [Word(chance)] = $"{chance.Next()}",
            },
        };

    static JsonObject Crumb(Random chance) =>
        new()
        {
            ["timestamp"] = 1_780_000_000 + chance.Next(10_000_000),
            ["type"] = "http",
            ["category"] = "httplib",
            ["level"] = "info",
            ["message"] = Sentence(chance, 6),
            ["data"] = new JsonObject
            {
                ["url"] = $"https://api.example.com/{Word(chance)}/{chance.Next()}",
                ["method"] = "GET",
                ["status_code"] = 200,
            },
        };

    static JsonObject Transaction(Random chance)
    {
        var trace = Hex(chance, 16);
        var root = Hex(chance, 8);
        var start = 1_790_000_000 + chance.NextDouble() * 1_000_000;
        return new()
        {
            ["type"] = "transaction",
            ["transaction"] = $"/{Word(chance)}/{Word(chance)}/",
            ["platform"] = "python",
            ["environment"] = "production",
            ["release"] = "shop@1.2.3",
            ["start_timestamp"] = Math.Round(start, 6),
            ["timestamp"] = Math.Round(start + 0.5, 6),
            ["contexts"] = new JsonObject
            {
                ["trace"] = new JsonObject
                {
                    ["trace_id"] = trace,
                    ["span_id"] = root,
                    ["op"] = "http.server",
                    ["status"] = "ok",
                },
            },
            ["spans"] = new JsonArray([
                .. Enumerable
                    .Range(0, SpansOfOne)
                    .Select(i => new JsonObject
                    {
                        ["trace_id"] = trace,
                        ["span_id"] = Hex(chance, 8),
                        ["parent_span_id"] = root,
                        ["op"] = i % 3 == 0 ? "http.client" : "db",
                        ["description"] =
                            i % 3 == 0
                                ? $"GET https://api.example.com/{Word(chance)}/{chance.Next()}"
                                : $"SELECT {Word(chance)} FROM {Word(chance)} WHERE id = {chance.Next()}",
                        ["start_timestamp"] = Math.Round(start + i * 0.004, 6),
                        ["timestamp"] = Math.Round(start + i * 0.004 + chance.NextDouble() * 0.02, 6),
                        ["status"] = "ok",
                    }),
            ]),
        };
    }

    static (byte[] Packed, int Length) Pack(JsonObject payload)
    {
        var text = Encoding.UTF8.GetBytes(payload.ToJsonString());
        using var packed = new MemoryStream();
        // What gzip calls -6.
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(text, 1, text.Length - 1);
        }
        return (packed.ToArray(), text.Length - 1);
    }

    static string Hex(Random chance, int bytes)
    {
        var room = new byte[bytes];
        chance.NextBytes(room);
        return Convert.ToHexStringLower(room);
    }

    static string Word(Random chance) => Words[chance.Next(Words.Length)];

    static string Sentence(Random chance, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => chance.Next(3) == 0 ? $"{chance.Next():x}" : Word(chance)));

    static string FindSamples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tocsin.slnx")))
            {
                return Path.Combine(folder.FullName, "tests", "samples");
            }
        }
        throw new DirectoryNotFoundException("tests/samples");
    }
}
