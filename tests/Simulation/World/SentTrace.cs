using System.Globalization;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Traces;

namespace Simulation.World;

/// <summary>A span for ever.</summary>
readonly record struct SpanKey(UInt128 Trace, long Span);

/// <summary>
/// One program's part of a trace: a segment and what it did, in one item. Several parts may share a trace, and a part may come before the one
/// that called it. Bad: so many spans more that are none. Loops: it asks a database again and again. Throws: its last span tells of an exception.
/// </summary>
sealed record SentTrace(UInt128 Trace, IReadOnlyList<long> Ids, long? Caller, int Bad, bool Loops, bool Throws)
{
    /// <summary>Seconds since 1970: in every world this is past, and never long ago.</summary>
    const double Start = 1_795_168_800;

    public IEnumerable<SpanKey> Spans => Ids.Select(id => new SpanKey(Trace, id));

    /// <summary>The first span that a detector points at.</summary>
    public SpanKey? Problem => Loops ? new(Trace, Ids[2]) : null;

    public SpanKey? Thrown => Throws ? new(Trace, Ids[^1]) : null;

    public static SentTrace Of(Content content, Random chance, IReadOnlyList<Sending> earlier)
    {
        var known = earlier.Where(sending => sending.Part is not null).Select(sending => sending.Part!).ToList();
        var joined = known.Count > 0 && chance.Next(2) == 0 ? known[chance.Next(known.Count)] : null;
        var loops = chance.Next(4) == 0;
        var count = loops ? 7 : 1 + chance.Next(4);
        return new(
            joined?.Trace ?? new((ulong)chance.NextInt64(), (ulong)chance.NextInt64(1, long.MaxValue)),
            [.. Enumerable.Range(0, count).Select(_ => chance.NextInt64(1, long.MaxValue))],
            joined?.Ids[chance.Next(joined.Ids.Count)],
            content != Content.Transaction && chance.Next(4) == 0 ? 1 + chance.Next(2) : 0,
            loops,
            content == Content.Export && chance.Next(3) == 0
        );
    }

    public string Transaction(EventId id) =>
        new JsonObject
        {
            ["type"] = "transaction",
            ["event_id"] = id.ToString(),
            ["platform"] = "python",
            ["transaction"] = "GET /cart",
            ["start_timestamp"] = Start,
            ["timestamp"] = Start + 1,
            ["contexts"] = new JsonObject
            {
                ["trace"] = Named(
                    0,
                    new()
                    {
                        ["trace_id"] = HexId.Format(Trace),
                        ["span_id"] = Hex(0),
                        ["op"] = "http.server",
                    }
                ),
            },
            ["spans"] = new JsonArray([
                .. Enumerable
                    .Range(1, Ids.Count - 1)
                    .Select(at =>
                        Named(
                            at,
                            new()
                            {
                                ["trace_id"] = HexId.Format(Trace),
                                ["span_id"] = Hex(at),
                                ["op"] = "db",
                                ["description"] = Text(at),
                                ["start_timestamp"] = From(at),
                                ["timestamp"] = Until(at),
                            }
                        )
                    ),
            ]),
        }.ToJsonString();

    /// <param name="order">In which the spans stand in the item.</param>
    public string Container(IReadOnlyList<int> order)
    {
        var items = order.Select(at =>
            Named(
                at,
                new()
                {
                    ["trace_id"] = HexId.Format(Trace),
                    ["span_id"] = Hex(at),
                    ["is_segment"] = at == 0,
                    ["name"] = Text(at),
                    ["status"] = "ok",
                    ["start_timestamp"] = From(at),
                    ["end_timestamp"] = Until(at),
                    ["attributes"] = new JsonObject
                    {
                        ["sentry.op"] = Typed(at == 0 ? "http.server" : "db"),
                        ["sentry.segment.id"] = Typed(Hex(0)),
                        ["db.system.name"] = Typed("postgresql"),
                    },
                }
            )
        );
        var bad = Enumerable.Range(0, Bad).Select(_ => new JsonObject { ["trace_id"] = "nonsense" });
        return new JsonObject { ["version"] = 2, ["items"] = new JsonArray([.. items, .. bad]) }.ToJsonString();

        static JsonObject Typed(string value) => new() { ["value"] = value, ["type"] = "string" };
    }

    public string Export(IReadOnlyList<int> order)
    {
        var spans = order.Select(at =>
        {
            var span = new JsonObject
            {
                ["traceId"] = HexId.Format(Trace),
                ["spanId"] = Hex(at),
                ["name"] = Text(at),
                ["kind"] = at == 0 ? 2 : 3,
                ["startTimeUnixNano"] = Nanoseconds(From(at)),
                ["endTimeUnixNano"] = Nanoseconds(Until(at)),
                ["attributes"] = new JsonArray(
                    at == 0 ? Pair("http.request.method", "GET") : Pair("db.system.name", "postgresql"),
                    at == 0 ? Pair("http.route", "/cart") : Pair("db.query.text", Text(at))
                ),
            };
            if (ParentOf(at) is { } parent)
            {
                span["parentSpanId"] = HexId.Format(parent);
            }
            if (Throws && at == Ids.Count - 1)
            {
                span["events"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "exception",
                        ["timeUnixNano"] = Nanoseconds(Until(at)),
                        ["attributes"] = new JsonArray(Pair("exception.type", "RangeError"), Pair("exception.message", "no")),
                    }
                );
            }
            return span;
        });
        var scope = new JsonObject
        {
            ["spans"] = new JsonArray([.. spans, .. Enumerable.Range(0, Bad).Select(_ => new JsonObject())]),
        };
        var resource = new JsonObject { ["attributes"] = new JsonArray(Pair("service.name", "cart")) };
        return new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject { ["resource"] = resource, ["scopeSpans"] = new JsonArray(scope) }),
        }.ToJsonString();

        static JsonObject Pair(string key, string value) =>
            new()
            {
                ["key"] = key,
                ["value"] = new JsonObject { ["stringValue"] = value },
            };

        static string Nanoseconds(double seconds) => ((long)(seconds * 1000) * 1_000_000).ToString(CultureInfo.InvariantCulture);
    }

    JsonObject Named(int at, JsonObject span)
    {
        if (ParentOf(at) is { } parent)
        {
            span["parent_span_id"] = HexId.Format(parent);
        }
        return span;
    }

    string Hex(int at) => HexId.Format(Ids[at]);

    /// <summary>All below the segment, which may have been called from elsewhere.</summary>
    long? ParentOf(int at) => at == 0 ? Caller : Ids[0];

    static string Text(int at) =>
        at switch
        {
            0 => "GET /cart",
            1 => "SELECT id FROM carts",
            _ => "SELECT price FROM items WHERE id = 1",
        };

    /// <summary>One behind the other, fifteen milliseconds each.</summary>
    static double From(int at) => at == 0 ? Start : Start + at * 0.02;

    static double Until(int at) => at == 0 ? Start + 1 : From(at) + 0.015;
}
