using System.Globalization;
using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Traces.Reading;

/// <summary>Attributes as plain values, <c>{"a": 1}</c>, or as typed ones, <c>{"a": {"type": "integer", "value": 1, "unit": "byte"}}</c>.</summary>
static class AttributeReader
{
    static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="prefix">Put before each key.</param>
    public static void ReadPlain(ref JsonCursor cursor, AttributeList into, string prefix = "")
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        while (cursor.NextProperty())
        {
            var key = prefix.Length == 0 ? cursor.NameText : prefix + cursor.Name.ToString();
            if (Value(ref cursor) is { } value)
            {
                into.Add(key, value);
            }
        }
    }

    public static void ReadTyped(ref JsonCursor cursor, AttributeList into)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        while (cursor.NextProperty())
        {
            var key = cursor.NameText;
            var value =
                cursor.Token == JsonTokenType.StartObject && cursor.Peek("value"u8) == ObjectShape.Wrapper
                    ? Typed(ref cursor)
                    : Value(ref cursor);
            if (value is { } present)
            {
                into.Add(key, present);
            }
        }
    }

    /// <summary>
    /// The value's own JSON type is believed; the stated type only tells a real number that happens to be whole, and a number that is written as
    /// text since JSON's are too short for it. Clients in languages with one type of number state <c>integer</c> and <c>double</c> as it comes.
    /// </summary>
    static AttributeValue? Typed(ref JsonCursor cursor)
    {
        AttributeValue? value = null;
        string? unit = null;
        var (isReal, isWhole) = (false, false);
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "value":
                    value = Value(ref cursor);
                    break;
                case "unit":
                    unit = cursor.Text();
                    break;
                case "type":
                    (isReal, isWhole) = (cursor.IsText("double"u8), cursor.IsText("integer"u8));
                    cursor.Skip();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        return value switch
        {
            { Whole: { } whole } when isReal => AttributeValue.Of((double)whole, unit),
            { Type: AttributeType.Text } text when isWhole && IsWhole(text.ToString(), out var whole) => AttributeValue.Of(
                whole,
                unit
            ),
            { Type: AttributeType.Text } text when isReal && IsReal(text.ToString(), out var real) => AttributeValue.Of(
                real,
                unit
            ),
            _ => value?.In(unit),
        };
    }

    static bool IsWhole(string text, out long whole) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole);

    static bool IsReal(string text, out double real) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out real) && double.IsFinite(real);

    /// <summary>Null: nothing, as absent.</summary>
    static AttributeValue? Value(ref JsonCursor cursor) =>
        cursor.Token switch
        {
            JsonTokenType.String => AttributeValue.Of(cursor.Known()!),
            JsonTokenType.True => AttributeValue.Of(true),
            JsonTokenType.False => AttributeValue.Of(false),
            JsonTokenType.Number => Number(ref cursor),
            JsonTokenType.StartArray or JsonTokenType.StartObject => cursor.Node() is { } node
                ? AttributeValue.OfJson(node.ToJsonString(Relaxed))
                : null,
            _ => null,
        };

    static AttributeValue Number(ref JsonCursor cursor) =>
        cursor.WholeNumber() is { } whole ? AttributeValue.Of(whole)
        : cursor.RealNumber() is { } real ? AttributeValue.Of(real)
        : AttributeValue.Of(cursor.PeekText());
}
