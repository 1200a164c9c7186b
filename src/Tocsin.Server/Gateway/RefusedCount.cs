using System.Text.Json;
using System.Text.Json.Serialization;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway;

/// <summary>So many items that the gateway refused for one reason; an entry of a record of <see cref="Door.Outcomes"/>.</summary>
/// <param name="Time">When the count was closed, microseconds since 1970 UTC.</param>
/// <param name="Outcome">The number of an <see cref="OutcomeKind"/>.</param>
sealed record RefusedCount(
    long ProjectId,
    long? KeyId,
    long Time,
    OutcomeKind Outcome,
    string Reason,
    string Category,
    long Quantity
)
{
    /// <exception cref="JsonException">The body is none of a ledger.</exception>
    public static IReadOnlyList<RefusedCount> Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, RefusedCountJson.Default.IReadOnlyListRefusedCount) ?? [];

    public static byte[] Write(IReadOnlyList<RefusedCount> counts) =>
        JsonSerializer.SerializeToUtf8Bytes(counts, RefusedCountJson.Default.IReadOnlyListRefusedCount);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<RefusedCount>))]
sealed partial class RefusedCountJson : JsonSerializerContext;
