using System.Diagnostics.CodeAnalysis;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// The functions of Sentry's Explore and Discover that answer for groups of rows, by the names and arguments of
/// https://docs.sentry.io/product/explore/discover-queries/query-builder/.
/// </summary>
static class Functions
{
    static readonly Expression Time = new Expression.Field("timestamp");

    static readonly Dictionary<string, Func<FunctionCall, Column>> Table = new(
        [.. PerformanceFunctions.Table, .. TrendFunctions.Table],
        StringComparer.Ordinal
    )
    {
        ["count"] = call => Integer(call.Demand(0, 1).Count == 0 ? Expression.Count : CountOf(call.Field(0))),
        ["count_unique"] = call => Integer(Expression.Distinct(call.Demand(1, 1).Field(0).Expression)),
        ["count_if"] = call => Integer(Expression.CountIf(Conditions.Read(call.Demand(3, 3), 0))),
        ["sum"] = call => Of(AggregateKind.Sum, call.Demand(0, 1)),
        ["avg"] = call => Of(AggregateKind.Avg, call.Demand(0, 1)),
        ["min"] = call => Of(AggregateKind.Min, call.Demand(0, 1)),
        ["max"] = call => Of(AggregateKind.Max, call.Demand(0, 1)),
        ["division"] = call => new("", Ratio(call.Demand(2, 2)), ColumnType.Number),
        ["any"] = call => Any(call.Demand(1, 1)),
        ["percentile"] = call => Quantile(call.Demand(2, 2), call.Number(1)),
        ["p50"] = call => Quantile(call.Demand(0, 1), 0.5),
        ["median"] = call => Quantile(call.Demand(0, 1), 0.5),
        ["p75"] = call => Quantile(call.Demand(0, 1), 0.75),
        ["p90"] = call => Quantile(call.Demand(0, 1), 0.9),
        ["p95"] = call => Quantile(call.Demand(0, 1), 0.95),
        ["p99"] = call => Quantile(call.Demand(0, 1), 0.99),
        ["p100"] = call => Quantile(call.Demand(0, 1), 1),
        ["first_seen"] = call => Moment(AggregateKind.Min, call.Demand(0, 0)),
        ["last_seen"] = call => Moment(AggregateKind.Max, call.Demand(0, 0)),
        ["latest_event"] = call =>
            new("", new Expression.Arg(true, call.Demand(0, 0).With(["id"]).Field(0).Expression, Time), ColumnType.Text),
        ["epm"] = call => Rate(call, TimeSpan.FromMinutes(1)),
        ["tpm"] = call => Rate(call, TimeSpan.FromMinutes(1)),
        ["spm"] = call => Rate(call, TimeSpan.FromMinutes(1)),
        ["eps"] = call => Rate(call, TimeSpan.FromSeconds(1)),
        ["tps"] = call => Rate(call, TimeSpan.FromSeconds(1)),
        ["sps"] = call => Rate(call, TimeSpan.FromSeconds(1)),
    };

    /// <summary>Every name but those ending in <c>_if</c>, which any function of one field may have.</summary>
    public static IEnumerable<string> Names => Table.Keys;

    public static bool TryFind(string name, [NotNullWhen(true)] out Func<FunctionCall, Column>? function)
    {
        if (Table.TryGetValue(name, out function))
        {
            return true;
        }
        const string conditional = "_if";
        if (name.EndsWith(conditional, StringComparison.Ordinal) && Table.TryGetValue(name[..^conditional.Length], out var whole))
        {
            function = call => Conditional(whole, call.Demand(3, 6));
            return true;
        }
        return false;
    }

    /// <summary>
    /// The condition is the last three arguments: <c>avg_if(span.duration,span.op,equals,db)</c>, <c>failure_rate_if(is_transaction,equals,true)</c>.
    /// Older clients leave out the word: <c>avg_if(span.duration,span.op,db)</c>.
    /// </summary>
    static Column Conditional(Func<FunctionCall, Column> whole, FunctionCall call)
    {
        if (call.Count == 3 && !Conditions.IsOperator(call[1]))
        {
            call = call.With([call[0], call[1], "equals", call[2]]);
        }
        var own = call.Count - 3;
        var column = whole(call.First(own));
        var condition = Conditions.Read(call, own);
        return column with
        {
            Expression = Only(column.Expression, condition) ?? throw call.Wrong("this function takes no condition"),
        };
    }

    /// <summary>The same of fewer rows; null: it cannot be said of some.</summary>
    public static Expression? Only(Expression expression, Filter condition) =>
        expression switch
        {
            Expression.Aggregate aggregate => aggregate with { If = Both(aggregate.If, condition) },
            Expression.Quantile quantile => quantile with { If = Both(quantile.If, condition) },
            Expression.Arithmetic sum when Only(sum.Left, condition) is { } left && Only(sum.Right, condition) is { } right =>
                sum with
                {
                    Left = left,
                    Right = right,
                },
            Expression.Constant => expression,
            _ => null,
        };

    static Filter Both(Filter? first, Filter second) => first is null ? second : new Filter.And([first, second]);

    static Expression CountOf(Column column) => new Expression.Aggregate(AggregateKind.Count, column.Expression);

    static Column Integer(Expression expression) => new("", expression, ColumnType.Integer);

    static Column Of(AggregateKind kind, FunctionCall call)
    {
        var column = call.Numeric(0);
        var type = column.Type.Name == "integer" && kind == AggregateKind.Avg ? ColumnType.Number : column.Type;
        return new("", new Expression.Aggregate(kind, column.Expression), type);
    }

    /// <summary>Of two sums.</summary>
    static Expression Ratio(FunctionCall call) =>
        new Expression.Aggregate(AggregateKind.Sum, call.Numeric(0).Expression)
        / new Expression.Aggregate(AggregateKind.Sum, call.Numeric(1).Expression);

    static Column Any(FunctionCall call)
    {
        var column = call.Field(0);
        return column with { Expression = new Expression.Aggregate(AggregateKind.Any, column.Expression) };
    }

    static Column Quantile(FunctionCall call, double share)
    {
        if (share is < 0 or > 1)
        {
            throw call.Wrong("a percentile lies between 0 and 1");
        }
        var column = call.Numeric(0);
        var type = column.Type.Name == "integer" ? ColumnType.Number : column.Type;
        return new("", new Expression.Quantile(column.Expression, share), type);
    }

    static Column Moment(AggregateKind kind, FunctionCall _) => new("", new Expression.Aggregate(kind, Time), ColumnType.Date);

    /// <summary>The argument is how many seconds the rows are taken to be of: <c>epm(3600)</c>.</summary>
    static TimeSpan Stretch(FunctionCall call) =>
        call.Count == 0 ? call.Stretch
        : call.Number(0) is >= 1 and <= 1e9 and var seconds ? TimeSpan.FromSeconds(seconds)
        : throw call.Wrong("an interval is at least 1 second");

    static Column Rate(FunctionCall call, TimeSpan unit) =>
        new(
            "",
            Formulas.Per(unit, Stretch(call.Demand(0, 1))),
            unit == TimeSpan.FromSeconds(1) ? ColumnType.PerSecond : ColumnType.PerMinute
        );
}
