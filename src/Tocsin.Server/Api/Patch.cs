using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Api;

/// <summary>A field of a body where absent (leave it) and null (empty it) mean different things.</summary>
[JsonConverter(typeof(PatchConverters))]
readonly record struct Patch<T>(bool IsPresent, T? Value);

sealed class PatchConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Patch<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(PatchConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    sealed class PatchConverter<T> : JsonConverter<Patch<T>>
    {
        public override bool HandleNull => true;

        public override Patch<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new(true, JsonSerializer.Deserialize<T>(ref reader, options));
            }
            catch (JsonException misfit)
            {
                // Its path begins here; one without a path is given that of the whole body.
                throw new JsonException(misfit.Message, misfit.InnerException);
            }
        }

        public override void Write(Utf8JsonWriter writer, Patch<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
