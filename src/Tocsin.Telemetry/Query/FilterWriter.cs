using System.Diagnostics;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Writes conditions. Numbers and truths stand as they are; every other value becomes a parameter of its field's type. A statement with parameters
/// is planned twice, before and after they are known.
/// </summary>
sealed class FilterWriter(ExpressionWriter expressions, SqlParameters parameters)
{
    public string Write(Filter filter) =>
        filter switch
        {
            _ when filter.IsAlways() => "TRUE",
            _ when filter.IsNever() => "FALSE",
            Filter.And and => Join(and.Parts, " AND "),
            Filter.Or or => Join(or.Parts, " OR "),
            Filter.Not not => $"NOT {DuckDbDialect.IsTrue(Write(not.Inner))}",
            Filter.Compare compare => Compare(compare),
            Filter.In within =>
                $"{expressions.Write(within.Left)} IN ({string.Join(", ", within.Values.Select(value => Value(within.Left, value)))})",
            Filter.OneOf one => OneOf(one),
            Filter.Like like => DuckDbDialect.Like(Text(like.Left), parameters.Add(LikePattern.Of(like.Pattern))),
            Filter.Among among => Among(expressions.Write(among.Left), among.Pattern),
            Filter.Has has => $"{expressions.Write(has.Left)} IS NOT NULL",
            _ => throw new UnreachableException($"No SQL for {filter.GetType().Name}."),
        };

    string OneOf(Filter.OneOf one) =>
        DuckDbDialect.OneOf(
            [.. one.Left.Select(expressions.Write)],
            one.Values.Select(values =>
                one.Left.Zip(values, (left, value) => DuckDbDialect.Typed(expressions.FieldOf(left).Type, Value(left, value)))
            )
        );

    /// <summary>A star between letters must not reach over the end of a name; at either end it cannot do harm.</summary>
    string Among(string names, string pattern) =>
        LikePattern.OfName(pattern) is { } like
            ? DuckDbDialect.Like(names, parameters.Add(like))
            : DuckDbDialect.Matches(names, parameters.Add(LikePattern.ExpressionOfName(pattern)));

    string Text(Expression expression)
    {
        var written = expressions.Write(expression);
        return expressions.FieldOf(expression).Type == FieldType.Text ? written : DuckDbDialect.AsText(written);
    }

    string Join(IReadOnlyList<Filter> parts, string word) => $"({string.Join(word, parts.Select(Write))})";

    string Compare(Filter.Compare compare)
    {
        var left = expressions.Write(compare.Left);
        var isText = expressions.FieldOf(compare.Left).Type == FieldType.Text;
        // A text set against a number is compared as one: tags[retries,number]:>5.
        return isText && compare.Value is long or double
            ? $"{DuckDbDialect.AsNumber(left)} {Sign(compare.Operator)} {Value(Convert.ToDouble(compare.Value, null))}"
            : $"{left} {Sign(compare.Operator)} {Value(compare.Left, compare.Value)}";
    }

    string Value(Expression left, object value) => Value(expressions.FieldOf(left).Coerce(value));

    string Value(object value) => DuckDbDialect.Literal(value) ?? parameters.Add(value);

    static string Sign(Comparison comparison) =>
        comparison switch
        {
            Comparison.Equal => "=",
            Comparison.NotEqual => "<>",
            Comparison.Less => "<",
            Comparison.LessOrEqual => "<=",
            Comparison.Greater => ">",
            _ => ">=",
        };
}
