using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Tocsin.Server.Api;

/// <summary>
/// The JSON of the API: camelCase, nulls written, numbers also read from text. Rooms add their contexts to
/// <see cref="JsonSerializerOptions.TypeInfoResolverChain"/>.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>), TypeInfoPropertyName = "FieldErrors")]
sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>For what is written past the handlers, in the same form.</summary>
    public static ApiJson Written { get; } =
        new(new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static void Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        options.TypeInfoResolverChain.Insert(1, new DefaultJsonTypeInfoResolver { Modifiers = { SnakeCaseAttribute.Rename } });
        options.Converters.Add(new UtcTimes());
        // Spans lie below spans for hundreds of levels.
        options.MaxDepth = 512;
        options.NumberHandling = JsonNumberHandling.AllowReadingFromString;
        // Answers are application/json with nosniff, never inside HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
