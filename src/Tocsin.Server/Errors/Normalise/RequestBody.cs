using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Reads JSON and form bodies that were sent as text, so that they can be searched, scrubbed and shown by field.</summary>
static class RequestBody
{
    const int DeepestLevel = 64;
    static readonly SearchValues<char> NotInForms = SearchValues.Create(" \r\n\t{<");

    /// <summary>The body as an object where it is one, and the media type when it can be told.</summary>
    public static (JsonNode? Body, string? ContentType) Read(JsonNode? body, string? stated)
    {
        if (body is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return (body, body is null ? null : stated);
        }
        if (TryReadJson(text) is { } json)
        {
            return (json, "application/json");
        }
        if (stated is null or "application/x-www-form-urlencoded" && TryReadForm(text) is { } form)
        {
            return (form, "application/x-www-form-urlencoded");
        }
        return (body, stated);
    }

    static JsonNode? TryReadJson(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = DeepestLevel });
            return Copy(document.RootElement);
        }
        // The second: half a surrogate pair, which is legal JSON and no text.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // JsonNode's own reader fails late, on first use, when a name comes twice.
    static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var bag = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    bag[property.Name] = Copy(property.Value);
                }
                return bag;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    /// <summary>Only what cannot be prose: names without blanks, each with an equals sign.</summary>
    static JsonObject? TryReadForm(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Contains('=', StringComparison.Ordinal) || trimmed.AsSpan().ContainsAny(NotInForms))
        {
            return null;
        }
        var form = new JsonObject();
        foreach (var part in trimmed.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return null;
            }
            var name = Decoded(part[..equals]);
            var value = JsonValue.Create(Decoded(part[(equals + 1)..]));
            if (form[name] is JsonArray values)
            {
                values.Add(value);
            }
            else
            {
                form[name] = form[name] is { } first ? new JsonArray(first.DeepClone(), value) : value;
            }
        }
        return form;
    }

    static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
