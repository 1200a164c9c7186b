namespace Tocsin.Telemetry.Query;

/// <summary>Rewrites a query into an equal one that costs less. Each step is a pure function; the list is the order.</summary>
static class QueryOptimizer
{
    static readonly (string Name, Func<TelemetryQuery, TelemetryQuery> Rewrite)[] Rewrites =
    [
        ("the range and the projects become conditions", Bound),
        ("merged issues are read as those that they are shown as", MergedRows.Rewrite),
        ("conditions are flat and without constants", Fold),
        ("a usual tag is read from its column", PromoteTags),
        ("tags of one key are read without unfolding all", NameTheTag),
        ("what the steps added is folded too", Fold),
    ];

    public static TelemetryQuery Optimize(TelemetryQuery query) =>
        Rewrites.Aggregate(query, (current, step) => step.Rewrite(current));

    static TelemetryQuery Bound(TelemetryQuery query)
    {
        List<Filter> parts = [];
        if (query.Projects.Count > 0)
        {
            parts.Add(new Filter.In(new Expression.Field("project.id"), [.. query.Projects]));
        }
        var timestamp = new Expression.Field("timestamp");
        if (query.Range.From > TimeRange.All.From)
        {
            parts.Add(new Filter.Compare(timestamp, Comparison.GreaterOrEqual, query.Range.From));
        }
        if (query.Range.To < TimeRange.All.To)
        {
            parts.Add(new Filter.Compare(timestamp, Comparison.Less, query.Range.To));
        }
        if (query.Where is not null)
        {
            parts.Add(query.Where);
        }
        return query with { Where = new Filter.And(parts) };
    }

    static TelemetryQuery PromoteTags(TelemetryQuery query) =>
        query.Rewrite(expression =>
            KeyOf(expression) is { } key && FieldTable.For(query.Dataset).FieldOfTag(key) is { } field
                ? new Expression.Field(field.Name)
                : expression
        );

    static string? KeyOf(Expression expression) =>
        expression switch
        {
            Expression.Tag { Key: var key } => key,
            Expression.Measurement { Name: var name } => "measurements." + name,
            _ => null,
        };

    static TelemetryQuery NameTheTag(TelemetryQuery query)
    {
        if (query.Dataset != Dataset.EventTags || query.Where is not Filter.And where)
        {
            return query;
        }
        var key = new Expression.Field(FieldTable.TagKey);
        var named = where
            .Parts.OfType<Filter.Compare>()
            .FirstOrDefault(part => part.Left == key && part.Operator == Comparison.Equal);
        if (named is not { Value: string name } || query.Selects(key))
        {
            return query;
        }
        var others = where.Parts.Where(part => !ReferenceEquals(part, named)).ToList();
        if (others.Any(part => part.Mentions(key)))
        {
            return query;
        }
        var tag = new Expression.Tag(name);
        var value = new Expression.Field(FieldTable.TagValue);
        return PromoteTags(
            (query with { Dataset = Dataset.Events, Where = new Filter.And([.. others, new Filter.Has(tag)]) }).Rewrite(
                expression => expression == value ? tag : expression
            )
        );
    }

    static TelemetryQuery Fold(TelemetryQuery query) => query with { Where = query.Where?.Fold(), Having = query.Having?.Fold() };
}
