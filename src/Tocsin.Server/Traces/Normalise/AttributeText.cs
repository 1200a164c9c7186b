using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;
using Tocsin.Server.Scrubbing;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>Attributes, measurements and links as the JSON text of their columns: scrubbed, and no larger than a page can show.</summary>
static class AttributeText
{
    const int LongestKey = 200;
    public const int LongestValue = 8_192;
    const int Most = 500;
    const int LargestObject = 64 << 10;
    const int LargestKept = 1 << 20;

    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    static ArrayBufferWriter<byte>? output;

    [ThreadStatic]
    static Utf8JsonWriter? writer;

    /// <param name="description">A value that only repeats it is left out.</param>
    /// <param name="tags">Behind the attributes, where those do not have the key.</param>
    public static string Attributes(
        IReadOnlyList<KeyedValue> values,
        ScrubPass pass,
        string? description,
        IEnumerable<KeyValuePair<string, string>>? tags = null
    )
    {
        if (values.Count == 0 && tags is null)
        {
            return "{}";
        }
        var writer = Begin();
        writer.WriteStartObject();
        var (count, left) = (0, 0);
        foreach (var (key, value) in values)
        {
            if (IsFull() || key.Length is 0 or > LongestKey)
            {
                left++;
                continue;
            }
            count += Write(writer, key, AttributeScrubber.Value(pass, key, value), description) ? 1 : 0;
        }
        foreach (var (key, value) in tags ?? [])
        {
            if (values.Any(held => held.Key == key))
            {
                continue;
            }
            if (IsFull())
            {
                left++;
                continue;
            }
            writer.WriteString(key, value);
            count++;
        }
        if (left > 0)
        {
            writer.WriteNumber("tocsin.dropped_attributes_count", left);
        }
        writer.WriteEndObject();
        return End(writer);

        bool IsFull() => count == Most || writer.BytesCommitted + writer.BytesPending > LargestObject;
    }

    public static string Measurements(IReadOnlyList<Measurement> measurements)
    {
        if (measurements.Count == 0)
        {
            return "{}";
        }
        var writer = Begin();
        writer.WriteStartObject();
        // Who reads them takes a name that stands twice for no object.
        foreach (var (name, value, unit) in measurements.DistinctBy(one => one.Name).Take(Most))
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("value", value);
            if ((unit ?? UsualUnit.Of(name)) is { } known)
            {
                writer.WriteString("unit", known);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        return End(writer);
    }

    public static string? Links(IReadOnlyList<SpanLink> links, ScrubPass pass)
    {
        if (links.Count == 0)
        {
            return null;
        }
        var writer = Begin();
        writer.WriteStartArray();
        foreach (var link in links.Take(Most))
        {
            writer.WriteStartObject();
            writer.WriteString("trace_id", HexId.Format(link.TraceId));
            writer.WriteString("span_id", HexId.Format(link.SpanId));
            if (link.Sampled is { } sampled)
            {
                writer.WriteBoolean("sampled", sampled);
            }
            writer.WriteStartObject("attributes");
            foreach (var (key, value) in link.Attributes)
            {
                Write(writer, key, AttributeScrubber.Value(pass, key, value), null);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        return End(writer);
    }

    static bool Write(Utf8JsonWriter writer, string key, in AttributeValue value, string? description)
    {
        switch (value.Type)
        {
            case AttributeType.Whole:
                writer.WriteNumber(key, value.Whole!.Value);
                return true;
            case AttributeType.Real when double.IsFinite(value.Number!.Value):
                writer.WriteNumber(key, value.Number.Value);
                return true;
            case AttributeType.Truth:
                writer.WriteBoolean(key, value.Truth!.Value);
                return true;
            case AttributeType.Json when value.ToString() is { Length: <= LongestValue } json:
                writer.WritePropertyName(key);
                writer.WriteRawValue(json, skipInputValidation: true);
                return true;
            default:
                var text = value.ToString();
                if (text == description)
                {
                    return false;
                }
                writer.WriteString(key, Cut.To(text, LongestValue));
                return true;
        }
    }

    static Utf8JsonWriter Begin()
    {
        if (output is null || output.Capacity > LargestKept)
        {
            output = new(4096);
            writer = null;
        }
        output.ResetWrittenCount();
        writer ??= new(output, Options);
        writer.Reset();
        return writer;
    }

    static string End(Utf8JsonWriter writer)
    {
        writer.Flush();
        return Encoding.UTF8.GetString(output!.WrittenSpan);
    }
}
