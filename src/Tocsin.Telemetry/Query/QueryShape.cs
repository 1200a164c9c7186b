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
        var grouped = query.GroupBy.Count > 0 || query.Select.Any(selected => selected.Expression.IsAggregate());
        foreach (var selected in query.Select)
        {
            Demand(
                !grouped || selected.Expression.IsAggregate() || query.GroupBy.Contains(selected.Expression),
                $"\"{selected.Name}\" is neither an aggregate nor grouped by."
            );
        }
        foreach (var expression in Expressions(query))
        {
            CheckExpression(expression, FieldTable.For(query.Dataset));
        }
    }

    static IEnumerable<Expression> Expressions(TelemetryQuery query) =>
        [
            .. query.Select.Select(selected => selected.Expression),
            .. query.GroupBy,
            .. query.OrderBy.Select(ordering => ordering.Expression),
        ];

    static void CheckExpression(Expression expression, FieldTable fields)
    {
        switch (expression)
        {
            case Expression.Bucket { Step: var step }:
                Demand(step >= TimeSpan.FromMilliseconds(1), "A bucket is at least a millisecond wide.");
                break;
            case Expression.Aggregate { Kind: AggregateKind.Count }:
                break;
            case Expression.Aggregate { Argument: null } aggregate:
                throw new TelemetryQueryException($"{aggregate.Kind} needs an argument.");
            case Expression.Aggregate { Kind: AggregateKind.Sum or AggregateKind.Avg } aggregate:
                Demand(
                    aggregate.Argument is Expression.Field { Name: var name }
                        && fields[name].Type is FieldType.Number or FieldType.Time or FieldType.Real or FieldType.Duration,
                    $"{aggregate.Kind} needs a number."
                );
                break;
        }
    }

    static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new TelemetryQueryException(otherwise);
        }
    }
}
