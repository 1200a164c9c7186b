using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol;

namespace Server.Tests.Pipeline;

/// <summary>An envelope as a client sends it.</summary>
sealed class SomeEnvelope(EventId? eventId)
{
    readonly List<(JsonObject Header, byte[] Payload)> items = [];

    public EventId? EventId => eventId;

    /// <summary>What the head of the trace knew; null: the header does not say.</summary>
    public JsonObject? Trace { get; init; }

    public static SomeEnvelope Error(string fingerprint = "a", string message = "boom", EventId? id = null, string? user = null)
    {
        var eventId = id ?? Tocsin.Protocol.EventId.New();
        var body = new JsonObject
        {
            ["event_id"] = eventId.ToString(),
            ["platform"] = "python",
            ["level"] = "error",
            ["environment"] = "prod",
            ["release"] = "shop@1.0.0",
            ["fingerprint"] = new JsonArray(fingerprint),
            ["exception"] = new JsonObject
            {
                ["values"] = new JsonArray(new JsonObject { ["type"] = "ValueError", ["value"] = message }),
            },
        };
        if (user is not null)
        {
            body["user"] = new JsonObject { ["id"] = user };
        }
        return new SomeEnvelope(eventId).With("event", body.ToJsonString());
    }

    public SomeEnvelope With(string type, string payload, JsonObject? header = null) =>
        With(type, Encoding.UTF8.GetBytes(payload), header);

    public SomeEnvelope With(string type, byte[] payload, JsonObject? header = null)
    {
        header ??= [];
        header["type"] = type;
        header["length"] = payload.Length;
        items.Add((header, payload));
        return this;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        var head = eventId is { } id ? new JsonObject { ["event_id"] = id.ToString() } : [];
        if (Trace is not null)
        {
            head["trace"] = Trace.DeepClone();
        }
        Line(bytes, head);
        foreach (var (header, payload) in items)
        {
            Line(bytes, header);
            bytes.Write(payload);
            bytes.WriteByte((byte)'\n');
        }
        return bytes.ToArray();
    }

    static void Line(MemoryStream bytes, JsonObject json)
    {
        bytes.Write(JsonSerializer.SerializeToUtf8Bytes(json));
        bytes.WriteByte((byte)'\n');
    }
}
