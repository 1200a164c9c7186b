using System.Text.Json;
using System.Text.Json.Serialization;
using Tocsin.Protocol;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Telemetry rows as JSON in the payload segments. JSON, because a day is rebuilt by later releases than the one that wrote it: columns
/// may come and go.
/// </summary>
static class RowFormat
{
    public static byte[] Write(EventRow row) => JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.EventRow);

    public static byte[] Write(IReadOnlyList<OutcomeRow> rows) =>
        JsonSerializer.SerializeToUtf8Bytes(rows, RowJson.Default.IReadOnlyListOutcomeRow);

    public static string Write(IReadOnlyList<CategoryQuantity> quantities) =>
        JsonSerializer.Serialize(
            quantities.ToDictionary(part => part.Category, part => part.Quantity),
            RowJson.Default.DictionaryStringInt64
        );

    public static IReadOnlyDictionary<string, long> ReadQuantities(string json) =>
        JsonSerializer.Deserialize(json, RowJson.Default.DictionaryStringInt64) ?? [];

    /// <exception cref="InvalidDataException">The bytes are no row.</exception>
    public static EventRow ReadEvent(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RowJson.Default.EventRow) ?? throw new InvalidDataException("a row is null");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("no event row", broken);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no list of outcomes.</exception>
    public static IReadOnlyList<OutcomeRow> ReadOutcomes(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RowJson.Default.IReadOnlyListOutcomeRow)
                ?? throw new InvalidDataException("a list of outcomes is null");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("no list of outcomes", broken);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(EventRow))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(IReadOnlyList<OutcomeRow>))]
sealed partial class RowJson : JsonSerializerContext;
