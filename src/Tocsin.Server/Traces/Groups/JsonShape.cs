using System.Text;
using System.Text.Json;

namespace Tocsin.Server.Traces.Groups;

/// <summary>A command of a document store: its fields stay, their values become <c>?</c>, a list is its first element.</summary>
static class JsonShape
{
    const int Deepest = 16;

    /// <summary>Null for a text that is no JSON object, or one that was cut short.</summary>
    public static string? Of(string json)
    {
        if (!json.AsSpan().TrimStart().StartsWith('{'))
        {
            return null;
        }
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var reader = new Utf8JsonReader(bytes, new() { MaxDepth = 64 });
            var output = new StringBuilder(json.Length);
            reader.Read();
            Write(ref reader, output, 0);
            return output.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first field's name: MongoDB's commands begin with their verb.</summary>
    public static string? FirstField(string shape)
    {
        var colon = shape.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 ? shape[1..colon] : null;
    }

    static void Write(ref Utf8JsonReader reader, StringBuilder output, int depth)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || depth == Deepest)
        {
            reader.Skip();
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
            reader.Read();
            Write(ref reader, output, depth + 1);
        }
        output.Append(isList ? ']' : '}');
    }
}
