using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tocsin.Protocol.Json;

ref partial struct JsonCursor
{
    /// <summary>Text; a number or a truth value becomes its text, null stays null, a container is set aside.</summary>
    public string? Text()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
            case JsonTokenType.Number:
                return PeekText();
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.Null:
                return null;
            default:
                SetAside("expected a string");
                return null;
        }
    }

    /// <summary>A string that is mostly one of <see cref="ItemType"/>, which then costs no allocation.</summary>
    public readonly string TypeName()
    {
        var token = reader.ValueSpan;
        Span<char> text = stackalloc char[64];
        if (reader.ValueIsEscaped || token.Length > text.Length)
        {
            return JsonString.Unescape(token);
        }
        return ItemType.Intern(text[..Encoding.UTF8.GetChars(token, text)]);
    }

    /// <summary><see cref="Text"/> of a field whose values repeat from event to event.</summary>
    public string? Known() =>
        reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } ? texts.Get(reader.ValueSpan) : Text();

    /// <summary>The text of a scalar, without moving or noting anything.</summary>
    public readonly string PeekText() =>
        reader.ValueIsEscaped ? JsonString.Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);

    /// <summary>Text; a container becomes its JSON.</summary>
    public string? AnyText() =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? Encoding.UTF8.GetString(Raw()) : Text();

    /// <summary>A whole number, also written as text or as <c>12.0</c>.</summary>
    public long? Integer()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                return whole;
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && IsWhole(number):
                return (long)number;
            case JsonTokenType.String
                when long.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed):
                return parsed;
            default:
                SetAside("expected an integer");
                return null;
        }
    }

    /// <summary>A finite number, also written as text.</summary>
    public double? Real()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when RealNumber() is { } number:
                return number;
            case JsonTokenType.String
                when double.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                    && double.IsFinite(parsed):
                return parsed;
            default:
                SetAside("expected a number");
                return null;
        }
    }

    /// <summary>On a number: null when it is written with a fraction or too large.</summary>
    public readonly long? WholeNumber() => reader.TryGetInt64(out var whole) ? whole : null;

    /// <summary>On a number: null when it is too large.</summary>
    public readonly double? RealNumber() => reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether the value is this text.</summary>
    public readonly bool IsText(ReadOnlySpan<byte> text) =>
        reader.TokenType == JsonTokenType.String && JsonText.Is(in reader, text);

    /// <summary>A truth value, also as <c>"true"</c> or <c>1</c>.</summary>
    public bool? Flag()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String when Ascii.EqualsIgnoreCase(reader.ValueSpan, "true"u8):
            case JsonTokenType.Number when reader.ValueSpan.SequenceEqual("1"u8):
                return true;
            case JsonTokenType.String when Ascii.EqualsIgnoreCase(reader.ValueSpan, "false"u8):
            case JsonTokenType.Number when reader.ValueSpan.SequenceEqual("0"u8):
                return false;
            default:
                SetAside("expected a boolean");
                return null;
        }
    }

    /// <summary>A point in time in any form of <see cref="Timestamp"/>.</summary>
    public DateTimeOffset? Time()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String when Timestamp.TryParse(reader.ValueSpan, out var time):
                return time;
            case JsonTokenType.Number
                when reader.TryGetDouble(out var seconds) && Timestamp.TryFromSeconds(seconds, out var time):
                return time;
            default:
                SetAside("expected a timestamp");
                return null;
        }
    }

    static bool IsWhole(double number) => Math.Abs(number) < 9.2e18 && Math.Floor(number) == number;
}
