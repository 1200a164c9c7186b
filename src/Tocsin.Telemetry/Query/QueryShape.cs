namespace Tocsin.Telemetry.Query;

/// <summary>What a query must look like, whichever engine answers it.</summary>
static class QueryShape
{
    /// <summary>More rows than this are asked for page by page.</summary>
    public const int MaxLimit = 100_000;

    public static void Check(TelemetryQuery query)
    {
        Demand(query.Select.Count > 0, "A query selects at least one value.");
        Demand(query.Limit is > 0 and <= MaxLimit, $"A limit lies between 1 and {MaxLimit}.");
        Demand(query.Offset >= 0, "An offset is not negative.");
        Demand(query.Budget > TimeSpan.Zero, "A budget is longer than nothing.");
        Demand(query.GroupBy.All(expression => !expression.IsAggregate()), "Rows cannot be grouped by an aggregate.");
        Demand(
            query.Where?.Expressions().Any(expression => expression.IsAggregate()) != true,
            "An aggregate chooses groups, not rows."
        );
        var grouped = query.IsGrouped();
        Demand(query.Having is null || grouped, "Only groups can be chosen by an aggregate.");
        Demand(!query.CountsGroups || query.GroupBy.Count > 0, "Only groups are counted.");
        foreach (var selected in query.Select)
        {
            Demand(
                !grouped || IsOfGroup(selected.Expression, query.GroupBy),
                $"\"{selected.Name}\" is neither an aggregate nor grouped by."
            );
        }
        var fields = FieldTable.For(query.Dataset);
        foreach (var expression in query.Expressions().SelectMany(expression => expression.WithParts()))
        {
            CheckExpression(expression, fields);
        }
    }

    static bool IsOfGroup(Expression expression, IReadOnlyList<Expression> groupedBy) =>
        groupedBy.Contains(expression)
        || expression switch
        {
            Expression.Arithmetic sum => IsOfGroup(sum.Left, groupedBy) && IsOfGroup(sum.Right, groupedBy),
            Expression.Number number => IsOfGroup(number.Of, groupedBy),
            Expression.Applied applied => IsOfGroup(applied.Of, groupedBy),
            Expression.Constant => true,
            _ => expression.IsAggregate(),
        };

    static void CheckExpression(Expression expression, FieldTable fields)
    {
        switch (expression)
        {
            case Expression.Bucket { Step: var step }:
                Demand(step >= TimeSpan.FromMilliseconds(1), "A bucket is at least a millisecond wide.");
                break;
            case Expression.Constant { Value: var value }:
                Demand(double.IsFinite(value), "A constant is a finite number.");
                break;
            case Expression.Measurement:
                Demand(fields.TryFind("measurements", out _), "Only spans have measurements.");
                break;
            case Expression.Aggregate { Kind: AggregateKind.Count, Argument: null }:
                break;
            case Expression.Aggregate { Argument: null } aggregate:
                throw new TelemetryQueryException($"{aggregate.Kind} needs an argument.");
            case Expression.Aggregate { Kind: AggregateKind.Sum or AggregateKind.Avg, Argument: { } argument } aggregate:
                Demand(fields.IsNumeric(argument), $"{aggregate.Kind} needs a number.");
                CheckArgument(argument);
                break;
            case Expression.Aggregate { Argument: { } argument }:
                CheckArgument(argument);
                break;
            case Expression.Quantile { Of: var of, Share: var share }:
                Demand(fields.IsNumeric(of), "A quantile needs a number.");
                Demand(share is >= 0 and <= 1, "A quantile's share lies between 0 and 1.");
                CheckArgument(of);
                break;
            case Expression.Spread { Of: var of }:
                Demand(fields.IsNumeric(of), "Only numbers are spread.");
                CheckArgument(of);
                break;
            case Expression.Arithmetic { Left: var left, Right: var right }:
                Demand(fields.IsNumeric(left) && fields.IsNumeric(right), "Only numbers are added, multiplied or divided.");
                break;
            case Expression.Choice { Then: var then, Otherwise: var otherwise } choice:
                Demand(
                    (fields.IsNumeric(then) && fields.IsNumeric(otherwise)) || (fields.IsText(then) && fields.IsText(otherwise)),
                    "Between two numbers or two texts is chosen."
                );
                Demand(
                    !choice.WithParts().Any(part => part.IsAggregate()),
                    "Between aggregates is not chosen: a choice is each row's."
                );
                break;
            case Expression.Applied { Function: var function, Of: var of }:
                Demand(fields.IsNumeric(of), $"{function} needs a number.");
                break;
        }
    }

    static void CheckArgument(Expression argument) => Demand(!argument.IsAggregate(), "There is no aggregate of an aggregate.");

    static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new TelemetryQueryException(otherwise);
        }
    }
}
