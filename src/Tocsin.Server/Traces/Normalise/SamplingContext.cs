using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Releases;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// The dynamic sampling context: what the head of the trace knew and every part of it repeats in its envelope's header. Clients write numbers as
/// text and text as they like; what is not understood is as good as absent.
/// </summary>
sealed record SamplingContext
{
    public static SamplingContext None { get; } = new();

    /// <summary>See <see cref="ClientRate"/>.</summary>
    public double? SampleRate { get; init; }
    public string? Transaction { get; init; }
    public string? Release { get; init; }
    public string? Environment { get; init; }
    public string? UserId { get; init; }
    public UInt128? ReplayId { get; init; }

    /// <summary>The rate at which the client sent these spans: the head drew for every part of the trace, so its word is before theirs.</summary>
    public double? RateOf(SpanFacts facts) => SampleRate ?? facts.SampleRate;

    public static SamplingContext Of(EnvelopeHeader? envelope) => envelope?.Trace is { } trace ? Of(trace) : None;

    static SamplingContext Of(JsonObject trace) =>
        new()
        {
            SampleRate = ClientRate.Of(Text(trace["sample_rate"])),
            Transaction = Text(trace["transaction"]),
            Release = LegalNames.Release(Text(trace["release"])),
            Environment = LegalNames.Environment(Text(trace["environment"])),
            UserId = Text(trace["user_id"]) ?? Text((trace["user"] as JsonObject)?["id"]),
            ReplayId = EventId.TryParse(Text(trace["replay_id"]), out var replay) && !replay.IsNil ? replay.Value : null,
        };

    static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    static string? Text(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.String when WithoutNul(node.GetValue<string>()) is { Length: > 0 } text => text,
            JsonValueKind.Number => node.ToJsonString(),
            _ => null,
        };
}
