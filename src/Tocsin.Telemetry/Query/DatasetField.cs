using System.Globalization;

namespace Tocsin.Telemetry.Query;

/// <summary>A column by its public name.</summary>
public sealed record DatasetField(string Name, FieldType Type)
{
    internal string Column { get; init; } = "";

    /// <summary>What stands for the field in SQL when it is not the column itself.</summary>
    internal string Sql
    {
        get => field ?? (IsOfMicroseconds ? DuckDbDialect.Milliseconds(Column) : Column);
        init;
    }

    /// <summary>The column counts microseconds, the field milliseconds.</summary>
    internal bool IsOfMicroseconds { get; init; }

    /// <summary>Further columns that <see cref="Sql"/> names.</summary>
    internal IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The value as this field compares it: <c>"7"</c> becomes 7 for a number, 32 hex digits become the id.</summary>
    /// <exception cref="TelemetryQueryException">The value cannot be one of this field's.</exception>
    public object Coerce(object value) =>
        Type switch
        {
            FieldType.Text or FieldType.Names => AsText(value),
            FieldType.Number or FieldType.Time => AsLong(value),
            FieldType.Real or FieldType.Duration => AsDouble(value),
            FieldType.Boolean => AsBoolean(value),
            FieldType.Id => AsId(value),
            FieldType.SpanId => AsSpanId(value),
            _ => throw Mismatch(value),
        };

    static string AsText(object value) =>
        value switch
        {
            string text => text,
            UInt128 id => id.ToString("x32", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    object AsLong(object value) =>
        value switch
        {
            long or double => value,
            int number => (long)number,
            string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number,
            _ => throw Mismatch(value),
        };

    double AsDouble(object value) =>
        value switch
        {
            double number => number,
            long or int => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw Mismatch(value),
        };

    bool AsBoolean(object value) =>
        value switch
        {
            bool truth => truth,
            long and (0 or 1) => (long)value == 1,
            string text when text.ToLowerInvariant() is "true" or "1" or "yes" => true,
            string text when text.ToLowerInvariant() is "false" or "0" or "no" => false,
            _ => throw Mismatch(value),
        };

    UInt128 AsId(object value) =>
        value switch
        {
            UInt128 id => id,
            string text
                when UInt128.TryParse(
                    text.Replace("-", "", StringComparison.Ordinal),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var id
                ) => id,
            _ => throw Mismatch(value),
        };

    long AsSpanId(object value) =>
        value switch
        {
            long id => id,
            string text when long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) => id,
            _ => throw Mismatch(value),
        };

    TelemetryQueryException Mismatch(object value) =>
        new($"{Name} is {Article(Type)}; \"{Convert.ToString(value, CultureInfo.InvariantCulture)}\" is none.");

    static string Article(FieldType type) =>
        type switch
        {
            FieldType.Number => "a whole number",
            FieldType.Real => "a number",
            FieldType.Duration => "a duration in milliseconds",
            FieldType.Time => "a time",
            FieldType.Boolean => "true or false",
            FieldType.Id => "an id of 32 hexadecimal digits",
            FieldType.SpanId => "an id of 16 hexadecimal digits",
            _ => "a text",
        };
}

/// <summary>
/// Text: string. Number, Time (microseconds since 1970 UTC), SpanId (16 hex digits): long. Real, Duration (milliseconds): double. Id (32 hex
/// digits): UInt128. Names: several in one text, with a line break before, between and behind them; <see cref="Filter.Among"/> looks for one.
/// </summary>
public enum FieldType
{
    Text,
    Number,
    Real,
    Duration,
    Time,
    Boolean,
    Id,
    SpanId,
    Names,
}
