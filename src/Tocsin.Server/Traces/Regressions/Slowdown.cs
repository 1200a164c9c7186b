using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>
/// An endpoint that a release made slower, as it goes through the journal. Durations are milliseconds, Since is microseconds since 1970 UTC. The
/// trace is that of a slow run.
/// </summary>
sealed record Slowdown
{
    public required long ProjectId { get; init; }
    public required string Transaction { get; init; }
    public required string Op { get; init; }
    public string? Environment { get; init; }
    public required string Release { get; init; }
    public required string Before { get; init; }
    public required long Since { get; init; }
    public required double P95Before { get; init; }
    public required double P95 { get; init; }
    public required long RunsBefore { get; init; }
    public required long Runs { get; init; }
    public string? TraceId { get; init; }
    public string? SpanId { get; init; }

    /// <summary>The project's at that time.</summary>
    public required RegressionLimits Limits { get; init; }

    [JsonIgnore]
    public EventId Id => IdOf(ProjectId, Transaction, Op, Release);

    /// <summary>A release makes an endpoint slower once, whoever looks and however often.</summary>
    public static EventId IdOf(long projectId, string transaction, string op, string release) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(Hash($"regression\n{projectId}\n{transaction}\n{op}\n{release}")));

    /// <summary>What makes the slowdowns by several releases one issue: the endpoint.</summary>
    [JsonIgnore]
    public string Mark => Convert.ToHexStringLower(Hash($"{Transaction}\n{Op}").AsSpan(0, 16));

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, SlowdownJson.Default.Slowdown);

    /// <summary>Null when the body is none of ours.</summary>
    public static Slowdown? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SlowdownJson.Default.Slowdown);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Slowdown))]
sealed partial class SlowdownJson : JsonSerializerContext;
