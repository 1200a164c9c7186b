namespace Tocsin.Telemetry.Query;

/// <summary>Walks over the parts of a query.</summary>
static class QueryRewriting
{
    /// <summary>Applies the function to every expression, the innermost first.</summary>
    public static TelemetryQuery Rewrite(this TelemetryQuery query, Func<Expression, Expression> rewrite) =>
        query with
        {
            Select = [.. query.Select.Select(selected => selected with { Expression = selected.Expression.Rewrite(rewrite) })],
            Where = query.Where?.Rewrite(rewrite),
            GroupBy = [.. query.GroupBy.Select(expression => expression.Rewrite(rewrite))],
            OrderBy = [.. query.OrderBy.Select(ordering => ordering with { Expression = ordering.Expression.Rewrite(rewrite) })],
        };

    public static bool Selects(this TelemetryQuery query, Expression sought) =>
        query.Select.Any(selected => selected.Expression.Mentions(sought))
        || query.GroupBy.Any(expression => expression.Mentions(sought))
        || query.OrderBy.Any(ordering => ordering.Expression.Mentions(sought));

    static Expression Rewrite(this Expression expression, Func<Expression, Expression> rewrite) =>
        rewrite(
            expression switch
            {
                Expression.Aggregate { Argument: { } argument } aggregate => aggregate with
                {
                    Argument = argument.Rewrite(rewrite),
                },
                Expression.Arg arg => arg with { Of = arg.Of.Rewrite(rewrite), By = arg.By.Rewrite(rewrite) },
                _ => expression,
            }
        );

    static Filter Rewrite(this Filter filter, Func<Expression, Expression> rewrite) =>
        filter switch
        {
            Filter.And and => new Filter.And([.. and.Parts.Select(part => part.Rewrite(rewrite))]),
            Filter.Or or => new Filter.Or([.. or.Parts.Select(part => part.Rewrite(rewrite))]),
            Filter.Not not => new Filter.Not(not.Inner.Rewrite(rewrite)),
            Filter.Compare compare => compare with { Left = compare.Left.Rewrite(rewrite) },
            Filter.In within => within with { Left = within.Left.Rewrite(rewrite) },
            Filter.Like like => like with { Left = like.Left.Rewrite(rewrite) },
            Filter.Has has => new Filter.Has(has.Left.Rewrite(rewrite)),
            _ => filter,
        };

    public static bool Mentions(this Expression expression, Expression sought) =>
        expression == sought
        || expression switch
        {
            Expression.Aggregate { Argument: { } argument } => argument.Mentions(sought),
            Expression.Arg arg => arg.Of.Mentions(sought) || arg.By.Mentions(sought),
            _ => false,
        };

    public static bool Mentions(this Filter filter, Expression sought) =>
        filter switch
        {
            Filter.And and => and.Parts.Any(part => part.Mentions(sought)),
            Filter.Or or => or.Parts.Any(part => part.Mentions(sought)),
            Filter.Not not => not.Inner.Mentions(sought),
            Filter.Compare compare => compare.Left.Mentions(sought),
            Filter.In within => within.Left.Mentions(sought),
            Filter.Like like => like.Left.Mentions(sought),
            Filter.Has has => has.Left.Mentions(sought),
            _ => false,
        };

    public static bool IsAggregate(this Expression expression) => expression is Expression.Aggregate or Expression.Arg;

    /// <summary>An equal filter without nested And/Or of one kind and without parts that are always or never true.</summary>
    public static Filter Fold(this Filter filter) =>
        filter switch
        {
            Filter.And and => Join(
                and.Parts,
                part => part is Filter.And inner ? inner.Parts : null,
                parts => new Filter.And(parts),
                IsNever
            ),
            Filter.Or or => Join(
                or.Parts,
                part => part is Filter.Or inner ? inner.Parts : null,
                parts => new Filter.Or(parts),
                IsAlways
            ),
            Filter.Not not => Negate(not.Inner.Fold()),
            Filter.In { Values.Count: 0 } => new Filter.Or([]),
            Filter.In { Values: [var only] } within => new Filter.Compare(within.Left, Comparison.Equal, only),
            Filter.Like { Pattern: var pattern } like when pattern.Length > 0 && pattern.All(letter => letter == '*') =>
                new Filter.Has(like.Left),
            _ => filter,
        };

    public static bool IsAlways(this Filter filter) => filter is Filter.And { Parts.Count: 0 };

    public static bool IsNever(this Filter filter) => filter is Filter.Or { Parts.Count: 0 };

    static Filter Negate(Filter inner) =>
        inner.IsAlways() ? new Filter.Or([])
        : inner.IsNever() ? new Filter.And([])
        : new Filter.Not(inner);

    /// <param name="decides">The part that makes the whole what it is itself: false in And, true in Or.</param>
    static Filter Join(
        IReadOnlyList<Filter> parts,
        Func<Filter, IReadOnlyList<Filter>?> sameKind,
        Func<IReadOnlyList<Filter>, Filter> join,
        Func<Filter, bool> decides
    )
    {
        var flat = parts.Select(Fold).SelectMany(part => sameKind(part) ?? [part]).ToList();
        return flat.Find(part => decides(part)) ?? (flat is [var only] ? only : join(flat));
    }
}
