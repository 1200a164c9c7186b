using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;

namespace Tocsin.Server.Projects;

/// <summary>
/// Which traces a sampling rule is about, in Sentry's words: <c>{"op": "and", "inner": […]}</c>, <c>or</c>, <c>not</c> (of one), and of a field
/// <c>{"op": "eq", "name": "trace.environment", "value": "dev"}</c>, where the value may be a list of which one suffices; <c>glob</c> with
/// <c>*</c> and <c>?</c>; <c>gt gte lt lte</c> for numbers.
/// </summary>
abstract record SamplingCondition
{
    const int Deepest = 10;

    static readonly string[] Fields =
    [
        "trace.transaction",
        "trace.release",
        "trace.environment",
        "trace.user.id",
        "trace.sample_rate",
    ];

    SamplingCondition() { }

    /// <param name="valueOf">Of a field; null: the trace does not say.</param>
    public abstract bool Holds(Func<string, string?> valueOf);

    /// <param name="json">Null and an empty object hold for everything.</param>
    public static bool TryRead(
        JsonElement? json,
        [NotNullWhen(true)] out SamplingCondition? read,
        [NotNullWhen(false)] out string? fault
    )
    {
        read = null;
        fault = null;
        if (json is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
        {
            read = new And([]);
            return true;
        }
        try
        {
            read = Read(json.Value, 0);
            return true;
        }
        catch (FormatException wrong)
        {
            fault = wrong.Message;
            return false;
        }
    }

    static SamplingCondition Read(JsonElement json, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            throw new FormatException("A condition is an object, and not nested deeper than ten times.");
        }
        if (!json.EnumerateObject().Any())
        {
            return new And([]);
        }
        var op = Text(json, "op");
        return op switch
        {
            "and" => new And([.. Inner(json, depth)]),
            "or" => new Or([.. Inner(json, depth)]),
            "not" => Inner(json, depth).ToList() is [var single]
                ? new Not(single)
                : throw new FormatException("not takes one condition."),
            "eq" => new Eq(Field(json), Values(json)),
            "glob" => new Glob(Field(json), Values(json)),
            "gt" or "gte" or "lt" or "lte" => new Compare(Field(json), op, Number(json)),
            _ => throw new FormatException("op is one of and, or, not, eq, glob, gt, gte, lt, lte."),
        };
    }

    static IEnumerable<SamplingCondition> Inner(JsonElement json, int depth) =>
        !json.TryGetProperty("inner", out var inner) ? throw new FormatException("and, or and not need inner conditions.")
        : inner.ValueKind == JsonValueKind.Array ? inner.EnumerateArray().Select(one => Read(one, depth + 1))
        : [Read(inner, depth + 1)];

    static string Field(JsonElement json) =>
        Text(json, "name") is { } name && Fields.Contains(name)
            ? name
            : throw new FormatException($"name is one of {string.Join(", ", Fields)}.");

    static string[] Values(JsonElement json) =>
        !json.TryGetProperty("value", out var value) ? throw new FormatException("A comparison needs a value.")
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Scalar)]
        : [Scalar(value)];

    static string Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new FormatException("A value is a text or a number, or a list of them."),
        };

    static double Number(JsonElement json) =>
        Values(json) is [var single] && double.TryParse(single, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("gt, gte, lt and lte compare with a number.");

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    sealed record And(IReadOnlyList<SamplingCondition> Inners) : SamplingCondition
    {
        public override bool Holds(Func<string, string?> valueOf) => Inners.All(inner => inner.Holds(valueOf));
    }

    sealed record Or(IReadOnlyList<SamplingCondition> Inners) : SamplingCondition
    {
        public override bool Holds(Func<string, string?> valueOf) => Inners.Any(inner => inner.Holds(valueOf));
    }

    sealed record Not(SamplingCondition Negated) : SamplingCondition
    {
        public override bool Holds(Func<string, string?> valueOf) => !Negated.Holds(valueOf);
    }

    sealed record Eq(string Name, IReadOnlyList<string> Wanted) : SamplingCondition
    {
        public override bool Holds(Func<string, string?> valueOf) => valueOf(Name) is { } value && Wanted.Contains(value);
    }

    sealed record Glob(string Name, IReadOnlyList<string> Patterns) : SamplingCondition
    {
        public override bool Holds(Func<string, string?> valueOf) =>
            valueOf(Name) is { } value && Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value));
    }

    sealed record Compare(string Name, string Op, double Bound) : SamplingCondition
    {
        public override bool Holds(Func<string, string?> valueOf) =>
            double.TryParse(valueOf(Name), CultureInfo.InvariantCulture, out var value)
            && Op switch
            {
                "gt" => value > Bound,
                "gte" => value >= Bound,
                "lt" => value < Bound,
                _ => value <= Bound,
            };
    }
}
