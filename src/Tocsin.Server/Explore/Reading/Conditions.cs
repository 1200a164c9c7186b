using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>The conditions of <c>count_if(span.status,equals,ok)</c> and its like.</summary>
static class Conditions
{
    /// <summary>How values are compared, as functions name it.</summary>
    public static bool IsOperator(string word) =>
        word is "equals" or "notEquals" or "less" or "lessOrEquals" or "greater" or "greaterOrEquals" or "contains";

    /// <param name="call">Of which three arguments from <paramref name="at"/> are the condition.</param>
    public static Filter Read(FunctionCall call, int at)
    {
        var column = call.Field(at);
        var field = column.Expression;
        var value = column.UserKind is { } kind ? $"{kind}:{call[at + 2]}" : call[at + 2];
        Filter Is(Comparison comparison) =>
            column.Rendering == Rendering.Names && comparison == Comparison.Equal
                ? new Filter.Among(field, Literal(value))
                : Compared(call, field, comparison, value);
        return call[at + 1] switch
        {
            "equals" => Is(Comparison.Equal),
            "notEquals" => new Filter.Not(Is(Comparison.Equal)),
            "less" => Is(Comparison.Less),
            "lessOrEquals" => Is(Comparison.LessOrEqual),
            "greater" => Is(Comparison.Greater),
            "greaterOrEquals" => Is(Comparison.GreaterOrEqual),
            "contains" => new Filter.Like(field, $"*{Literal(value)}*"),
            _ => throw call.Wrong(
                $"{call[at + 1]} is none of equals, notEquals, less, lessOrEquals, greater, greaterOrEquals, contains"
            ),
        };
    }

    static Filter Compared(FunctionCall call, Expression field, Comparison comparison, string value)
    {
        var isOrder = comparison is not Comparison.Equal;
        if (isOrder && ColumnReader.TryNumber(value, out var number))
        {
            return new Filter.Compare(field, comparison, number);
        }
        return isOrder ? throw call.Wrong($"{value} is not a number") : new Filter.Compare(field, comparison, value);
    }

    static string Literal(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);
}
