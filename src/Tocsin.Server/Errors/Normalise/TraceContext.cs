using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>The context <c>trace</c>: ids in the one spelling under which traces are found, and a status that is one.</summary>
static class TraceContext
{
    static readonly (string Key, Func<string, string?> Spell)[] Ids =
    [
        ("trace_id", TraceId),
        ("span_id", SpanId),
        ("parent_span_id", SpanId),
    ];

    public static bool IsFinished(JsonObject trace) =>
        Ids.All(id => !trace.ContainsKey(id.Key) || (Text(trace[id.Key]) is { } text && id.Spell(text) == text))
        && Text(trace["status"]) is { } status
        && SpanStatus.Read(status) == status;

    /// <param name="sent">What the reader of a transaction has noted is not noted again.</param>
    public static void Finish(JsonObject trace, IReadOnlyList<FieldNote> sent, NoteBook notes)
    {
        foreach (var (key, spell) in Ids)
        {
            var text = Text(trace[key]);
            if (text is not null && spell(text) is { } spelt)
            {
                trace[key] = spelt;
                continue;
            }
            trace.Remove(key);
            var path = "contexts.trace." + key;
            if (text is { Length: > 0 } && !sent.Any(note => note.Path == path))
            {
                notes.Dropped(path, "invalid_data", text, "expected hex digits");
            }
        }
        trace["status"] = SpanStatus.Read(Text(trace["status"])) ?? SpanStatus.Unknown;
    }

    static string? TraceId(string text) => EventId.TryParse(text, out var id) && !id.IsNil ? id.ToString() : null;

    static string? SpanId(string text) => HexId.Span(text) is { } id ? HexId.Format(id) : null;

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
