using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>Functions that judge: how many failed, how many waited too long, how good a page's vitals are.</summary>
static class PerformanceFunctions
{
    public static IReadOnlyDictionary<string, Func<FunctionCall, Column>> Table { get; } =
        new Dictionary<string, Func<FunctionCall, Column>>(StringComparer.Ordinal)
        {
            ["failure_rate"] = call => new("", OfSpans(call.Demand(0, 0), Formulas.FailureRate), ColumnType.Share),
            ["failure_count"] = call =>
                new("", OfSpans(call.Demand(0, 0), Expression.CountIf(Formulas.Failed)), ColumnType.Integer),
            ["apdex"] = call => new("", Formulas.Apdex(Duration(call, 1), Threshold(call)), ColumnType.Number),
            ["user_misery"] = call => new("", Formulas.UserMisery(Duration(call, 1), Threshold(call)), ColumnType.Number),
            ["count_miserable"] = call =>
                new("", Formulas.MiserableUsers(Duration(call.From(1), 1), Threshold(call.From(1))), ColumnType.Integer),
            ["http_error_count"] = call => new("", Expression.CountIf(Answered(call.Demand(0, 0), 500, 600)), ColumnType.Integer),
            ["http_error_rate"] = call =>
                new("", Expression.CountIf(Answered(call.Demand(0, 0), 500, 600)) / Expression.Count, ColumnType.Share),
            ["http_response_count"] = call => new("", Expression.CountIf(Answered(call.Demand(1, 1))), ColumnType.Integer),
            ["http_response_rate"] = call =>
                new("", Expression.CountIf(Answered(call.Demand(1, 1))) / Expression.Count, ColumnType.Share),
            ["cache_hit_rate"] = call => new("", CacheRate(call.Demand(0, 0), "true"), ColumnType.Share),
            ["cache_miss_rate"] = call => new("", CacheRate(call.Demand(0, 0), "false"), ColumnType.Share),
            ["avg_compare"] = call => new("", Change(call.Demand(4, 4)), ColumnType.Share),
            ["time_spent_percentage"] = call => new("", TimeSpent(call.Demand(0, 2)), ColumnType.Share),
            ["count_op"] = call => new("", Expression.CountIf(Op(call.Demand(1, 1))), ColumnType.Integer),
            ["count_starts"] = call => new("", Expression.CountIf(Has(call.Demand(1, 1))), ColumnType.Integer),
            ["trace_status_rate"] = call =>
                new("", Expression.CountIf(Status(call.Demand(1, 1))) / Expression.Count, ColumnType.Share),
            ["count_web_vitals"] = call => new("", Expression.CountIf(Vital(call.Demand(2, 2))), ColumnType.Integer),
            ["performance_score"] = call => new("", Score(call.Demand(1, 1)), ColumnType.Number),
            ["opportunity_score"] = call => new("", Opportunity(call.Demand(1, 1)), ColumnType.Number),
            ["total_opportunity_score"] = call => new("", TotalOpportunity(call.Demand(0, 0)), ColumnType.Number),
            ["count_scores"] = call =>
                new(
                    "",
                    new Expression.Aggregate(AggregateKind.Count, call.Demand(1, 1).Numeric(0).Expression),
                    ColumnType.Integer
                ),
        };

    /// <summary>Only spans fail or last.</summary>
    static Expression OfSpans(FunctionCall call, Expression expression)
    {
        call.Numeric(0);
        return expression;
    }

    /// <summary>The column that is measured; the last argument is the threshold.</summary>
    static Expression Duration(FunctionCall call, int thresholds) =>
        call.Demand(0, 1 + thresholds).With(call.Count > thresholds ? [call[0]] : []).Numeric(0).Expression;

    /// <summary>Each project's own where none is named.</summary>
    static ApdexThreshold Threshold(FunctionCall call) =>
        call.Count == 0 ? call.Threshold
        : call.Number(call.Count - 1) is > 0 and var threshold ? ApdexThreshold.Of(threshold)
        : throw call.Wrong("a threshold is more than 0 ms");

    static Filter Answered(FunctionCall call) =>
        call.Number(0) is >= 1 and <= 5 and var first
            ? Answered(call, 100 * (int)first, 100 * (int)first + 100)
            : throw call.Wrong("a class of statuses is 1 to 5");

    static Filter.And Answered(FunctionCall call, int from, int to)
    {
        var status = call.With(["http.status_code"]).Numeric(0).Expression;
        return new([
            new Filter.Compare(status, Comparison.GreaterOrEqual, (long)from),
            new Filter.Compare(status, Comparison.Less, (long)to),
        ]);
    }

    static Filter.Compare Status(FunctionCall call) => new(new Expression.Field("span.status"), Comparison.Equal, call[0]);

    static Filter.Compare Op(FunctionCall call) => new(new Expression.Field("span.op"), Comparison.Equal, call[0]);

    static Filter.Has Has(FunctionCall call) => new(call.Numeric(0).Expression);

    /// <summary>Among the spans that say whether they hit the cache.</summary>
    static Expression CacheRate(FunctionCall call, string hit)
    {
        var told = call.With(["cache.hit"]).Field(0).Expression;
        return Expression.CountIf(new Filter.Compare(told, Comparison.Equal, hit)) / Expression.CountIf(new Filter.Has(told));
    }

    /// <summary>From the average of the rows with the first value to that of those with the second, as a share of the first.</summary>
    static Expression Change(FunctionCall call)
    {
        var (before, after) = (Average(call, 2), Average(call, 3));
        return (after - before) / before;
    }

    static Expression.Aggregate Average(FunctionCall call, int at) =>
        new(AggregateKind.Avg, call.Numeric(0).Expression) { If = Conditions.Read(call.With([call[1], "equals", call[at]]), 0) };

    /// <summary>
    /// Arguments in any order: what is meant by time, <c>span.self_time</c> if it is not said, and whether it is the share of all spans
    /// (<c>app</c>, the default) or of those that the query chooses (<c>local</c>).
    /// </summary>
    static Expression TimeSpent(FunctionCall call)
    {
        var names = Enumerable.Range(0, call.Count).Select(at => call[at]).ToList();
        var times = names.Remove("local") ? call.Times.Chosen : call.Times.All;
        names.Remove("app");
        var column = names is [] ? "span.self_time" : names[0];
        var total =
            column is "span.self_time" or "span.exclusive_time" ? times.SelfTime
            : column is "span.duration" or "transaction.duration" ? times.Duration
            : throw call.Wrong($"{column} is neither span.self_time nor span.duration");
        var time = OfSpans(call.With([]), new Expression.Field(column));
        return new Expression.Aggregate(AggregateKind.Sum, time) / total;
    }

    static Filter Vital(FunctionCall call)
    {
        var measured = call.Numeric(0).Expression;
        if (VitalLimits.Find(call[0]) is not { } limits)
        {
            throw call.Wrong($"{call[0]} is not a web vital");
        }
        Filter aboveGood = new Filter.Compare(measured, Comparison.Greater, limits.Good);
        Filter abovePoor = new Filter.Compare(measured, Comparison.Greater, limits.Poor);
        return call[1] switch
        {
            "good" => new Filter.Compare(measured, Comparison.LessOrEqual, limits.Good),
            "meh" => new Filter.And([aboveGood, new Filter.Not(abovePoor)]),
            "poor" => abovePoor,
            "any" => new Filter.Has(measured),
            _ => throw call.Wrong($"{call[1]} is none of good, meh, poor, any"),
        };
    }

    /// <summary>The scores are stored already weighted, and their weights beside them.</summary>
    static Expression Score(FunctionCall call)
    {
        var score = call.Numeric(0).Expression;
        return ScoreOf(call) is "total"
            ? new Expression.Aggregate(AggregateKind.Avg, score)
            : new Expression.Aggregate(AggregateKind.Sum, score) / new Expression.Aggregate(AggregateKind.Sum, WeightOf(call));
    }

    /// <summary>What would be gained if every page load had the best score.</summary>
    static Expression Opportunity(FunctionCall call)
    {
        var score = call.Numeric(0).Expression;
        Expression best = ScoreOf(call) is "total"
            ? new Expression.Aggregate(AggregateKind.Count, score)
            : new Expression.Aggregate(AggregateKind.Sum, WeightOf(call));
        return best - new Expression.Aggregate(AggregateKind.Sum, score);
    }

    /// <summary>
    /// What part of the best score of all page loads that the query chooses is lost in the group: of each vital the part that its loads lose, by
    /// its weight among the vitals that there are. A group that is all of them has what is missing to a score of 1.
    /// </summary>
    static Expression TotalOpportunity(FunctionCall call)
    {
        OfSpans(call, Expression.Count);
        var counted = ScoredVital.All.Where(vital => call.Vitals.Of(vital) > 0).ToList();
        var weights = counted.Sum(vital => vital.Weight);
        return counted
            .Select(vital =>
            {
                var ratio = call.With([$"measurements.score.ratio.{vital.Name}"]).Numeric(0).Expression;
                var lost =
                    new Expression.Aggregate(AggregateKind.Count, ratio)
                    - new Expression.Applied(Function.OrZero, new Expression.Aggregate(AggregateKind.Sum, ratio));
                return lost * (vital.Weight / weights / call.Vitals.Of(vital));
            })
            .Aggregate(Expression.Count * 0.0, (sum, vital) => sum + vital);
    }

    static Expression WeightOf(FunctionCall call) =>
        call.With([$"measurements.score.weight.{ScoreOf(call)}"]).Numeric(0).Expression;

    static string ScoreOf(FunctionCall call)
    {
        const string scores = "measurements.score.";
        return call[0].StartsWith(scores, StringComparison.Ordinal)
            ? call[0][scores.Length..]
            : throw call.Wrong($"{call[0]} is not a score, such as {scores}lcp");
    }
}
