using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// What became of a function between the two parts of a <see cref="Trend"/>. Answers hold the plain number; a condition asks how much worse, or
/// better, it became: <c>trend_percentage():&gt;10%</c> means a ratio above 1.1, of improvements one below 0.9.
/// </summary>
static class TrendFunctions
{
    static readonly Dictionary<string, Func<FunctionCall, Column>> Known = new(StringComparer.Ordinal)
    {
        ["aggregate_range_1"] = call => Part(call, call.Trend.Before),
        ["aggregate_range_2"] = call => Part(call, call.Trend.After),
        ["count_range_1"] = call => new("", Expression.CountIf(call.Trend.Before), ColumnType.Integer),
        ["count_range_2"] = call => new("", Expression.CountIf(call.Trend.After), ColumnType.Integer),
        ["t_test"] = Difference,
        ["confidence"] = Difference,
        ["trend_percentage"] = Ratio,
        ["trend_difference"] = Growth,
        ["count_percentage"] = call =>
            new("", Expression.CountIf(call.Trend.After) / Expression.CountIf(call.Trend.Before), ColumnType.Share),
    };

    public static IReadOnlyDictionary<string, Func<FunctionCall, Column>> Table => Known;

    /// <summary>Those that an answer about trends always has.</summary>
    public static IEnumerable<string> Answered => Known.Keys.Where(name => name != "confidence");

    /// <summary>Whether a text names one: of a trend itself there is none.</summary>
    public static bool AreIn(string written) => Known.Keys.Any(name => written.Contains($"{name}(", StringComparison.Ordinal));

    /// <summary>The trend's function of one part's rows.</summary>
    static Column Part(FunctionCall call, Filter part)
    {
        var column = call.Demand(0, 0).Trended;
        return column with
        {
            Expression = Functions.Only(column.Expression, part) ?? throw Unsupported(call.Trend.Function),
            // A rate is reckoned for the whole period; in a part of it, it would be another.
            Type = column.Type.Name is "integer" or "number" or "duration" or "size" or "percentage"
                ? column.Type
                : throw Unsupported(call.Trend.Function),
        };
    }

    public static ExploreMistake Unsupported(string function) => new($"{function} is not a supported trend function");

    static Column Ratio(FunctionCall call)
    {
        var ratio = Part(call, call.Trend.After).Expression / Part(call, call.Trend.Before).Expression;
        return new("", ratio, ColumnType.Share) { Compared = call.Trend.IsImprovement ? 1.0 - ratio : ratio - 1.0 };
    }

    static Column Growth(FunctionCall call)
    {
        var after = Part(call, call.Trend.After);
        var growth = after.Expression - Part(call, call.Trend.Before).Expression;
        return after with { Expression = growth, Compared = call.Trend.IsImprovement ? growth * -1.0 : growth };
    }

    /// <summary>
    /// Welch's t of the averages: how many standard errors lie between them, above 0 where the second is smaller. Null where a part has less than
    /// two rows.
    /// </summary>
    static Column Difference(FunctionCall call)
    {
        var measured = Measured(call);
        var error = Square(measured, call.Trend.Before) + Square(measured, call.Trend.After);
        var root = new Expression.Applied(Function.Exp, new Expression.Applied(Function.Ln, error) * 0.5);
        var test = (Average(measured, call.Trend.Before) - Average(measured, call.Trend.After)) / root;
        return new("", test, ColumnType.Number) { Compared = call.Trend.IsImprovement ? test : test * -1.0 };
    }

    /// <summary>What the trend's function is of; the duration where it is of no column.</summary>
    static Expression Measured(FunctionCall call) =>
        call.Demand(0, 0).Trended.Expression switch
        {
            Expression.Quantile quantile => quantile.Of,
            Expression.Aggregate { Kind: not (AggregateKind.Count or AggregateKind.CountDistinct), Argument: { } of } => of,
            _ => call.With([]).Numeric(0).Expression,
        };

    /// <summary>The square of the average's standard error: the variance by the number of values.</summary>
    static Expression Square(Expression measured, Filter part)
    {
        var count = new Expression.Aggregate(AggregateKind.Count, measured) { If = part };
        var sum = Sum(measured, part);
        return (Sum(measured * measured, part) - sum * sum / count) / (count - 1.0) / count;
    }

    static Expression.Aggregate Sum(Expression of, Filter part) => new(AggregateKind.Sum, of) { If = part };

    static Expression.Aggregate Average(Expression of, Filter part) => new(AggregateKind.Avg, of) { If = part };
}
