using System.Globalization;

namespace Tocsin.Protocol.Traces;

/// <summary>A typed value of an attribute. Lists and objects are kept as their JSON text.</summary>
public readonly record struct AttributeValue
{
    readonly string? text;
    readonly long bits;

    AttributeValue(AttributeType type, string? text, long bits, string? unit) =>
        (Type, this.text, this.bits, Unit) = (type, text, bits, unit);

    public AttributeType Type { get; }

    /// <summary><c>millisecond</c>, <c>byte</c>…; null when the client names none.</summary>
    public string? Unit { get; }

    public static AttributeValue Of(string value, string? unit = null) => new(AttributeType.Text, value, 0, unit);

    public static AttributeValue Of(long value, string? unit = null) => new(AttributeType.Whole, null, value, unit);

    public static AttributeValue Of(double value, string? unit = null) =>
        new(AttributeType.Real, null, BitConverter.DoubleToInt64Bits(value), unit);

    public static AttributeValue Of(bool value) => new(AttributeType.Truth, null, value ? 1 : 0, null);

    /// <summary>A list or an object.</summary>
    public static AttributeValue OfJson(string json) => new(AttributeType.Json, json, 0, null);

    /// <summary>The same value with this unit.</summary>
    public AttributeValue In(string? unit) => new(Type, text, bits, unit);

    /// <summary>Null for what is no number.</summary>
    public double? Number =>
        Type switch
        {
            AttributeType.Whole => bits,
            AttributeType.Real => BitConverter.Int64BitsToDouble(bits),
            _ => null,
        };

    /// <summary>Null unless it is a whole number.</summary>
    public long? Whole => Type == AttributeType.Whole ? bits : null;

    /// <summary>Null unless it is yes or no.</summary>
    public bool? Truth => Type == AttributeType.Truth ? bits == 1 : null;

    /// <summary>As people and searches write it.</summary>
    public override string ToString() =>
        Type switch
        {
            AttributeType.Whole => bits.ToString(CultureInfo.InvariantCulture),
            AttributeType.Real => BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture),
            AttributeType.Truth => bits == 1 ? "true" : "false",
            _ => text ?? "",
        };
}

public enum AttributeType
{
    Text,
    Whole,
    Real,
    Truth,
    Json,
}
