using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Api;

/// <summary>Moments as Sentry's clients expect them: ISO 8601 in UTC, ending in <c>Z</c>, with microseconds where there are any.</summary>
sealed class UtcTimes : JsonConverter<DateTimeOffset>
{
    const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
