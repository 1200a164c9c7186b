using System.Text;
using System.Text.Json;

namespace Tocsin.Server.Traces.Groups;

/// <summary>A command of a document store: its fields stay, their values become <c>?</c>, a list is its first element.</summary>
static class JsonShape
{
    const int Deepest = 16;

    /// <summary>Brackets alone may be anything's.</summary>
    const int LeastKnown = 2;

    /// <summary>Null for a text that is no JSON object, nor a list of them. Of one that was cut short as far as it goes.</summary>
    public static string? Of(string json)
    {
        if (json.AsSpan().TrimStart() is not (['{', ..] or ['[', '{', ..]))
        {
            return null;
        }
        var output = new StringBuilder();
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new(new() { MaxDepth = 64 }));
            reader.Read();
            Write(ref reader, output, 0);
            return output.ToString();
        }
        catch (JsonException) when (output.Length > LeastKnown)
        {
            return output.ToString().TrimEnd();
        }
        // A name with half a surrogate pair is no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The first field's name: MongoDB's commands begin with their verb.</summary>
    public static string? FirstField(string shape)
    {
        var colon = shape.IndexOf(':', StringComparison.Ordinal);
        return shape.StartsWith('{') && colon > 1 ? shape[1..colon] : null;
    }

    static void Write(ref Utf8JsonReader reader, StringBuilder output, int depth)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || depth == Deepest)
        {
            reader.TrySkip();
            output.Append('?');
            return;
        }
        var isList = reader.TokenType == JsonTokenType.StartArray;
        output.Append(isList ? '[' : '{');
        for (var count = 0; reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray); count++)
        {
            if (isList)
            {
                var length = output.Length;
                Write(ref reader, output, depth + 1);
                output.Length = count == 0 ? output.Length : length;
                continue;
            }
            output
                .Append(count == 0 ? "" : ", ")
                .Append(Identifiers.IsId(reader.GetString()) ? "*" : reader.GetString())
                .Append(": ");
            if (reader.Read())
            {
                Write(ref reader, output, depth + 1);
            }
            else
            {
                output.Append('?');
            }
        }
        output.Append(isList ? ']' : '}');
    }
}
