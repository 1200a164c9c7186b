using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tocsin.Protocol.Traces;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>Writes a list or a map of values as JSON text, which is how attributes keep them.</summary>
static class OtlpJson
{
    /// <summary>Levels of lists and maps in an attribute; deeper ones are null.</summary>
    public const int Deepest = 20;

    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A map may hold a key twice; who reads it takes the last.
        SkipValidation = true,
    };

    public static AttributeValue Write<T>(T source, Action<Utf8JsonWriter, T> write)
        where T : allows ref struct
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer, source);
        }
        return AttributeValue.OfJson(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}

/// <summary>Real numbers, of which JSON has no infinite ones.</summary>
static class OtlpNumber
{
    public static AttributeValue Of(double number) =>
        double.IsFinite(number) ? AttributeValue.Of(number) : AttributeValue.Of(Name(number));

    public static void Write(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(Name(number));
        }
    }

    static string Name(double number) =>
        double.IsNaN(number) ? "NaN"
        : number > 0 ? "Infinity"
        : "-Infinity";
}
