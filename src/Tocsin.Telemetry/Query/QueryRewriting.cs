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
            Having = query.Having?.Rewrite(rewrite),
            OrderBy = [.. query.OrderBy.Select(ordering => ordering with { Expression = ordering.Expression.Rewrite(rewrite) })],
        };

    public static bool IsGrouped(this TelemetryQuery query) =>
        query.GroupBy.Count > 0 || query.Select.Any(selected => selected.Expression.IsAggregate());

    /// <summary>Whether it answers no row where there is none: aggregates without groups answer one.</summary>
    public static bool IsEmptyOfNothing(this TelemetryQuery query) => query.GroupBy.Count > 0 || !query.IsGrouped();

    /// <summary>What a query selects, groups and orders by, and asks of groups.</summary>
    public static IEnumerable<Expression> Expressions(this TelemetryQuery query) =>
        [
            .. query.Select.Select(selected => selected.Expression),
            .. query.GroupBy,
            .. query.Having?.Expressions() ?? [],
            .. query.OrderBy.Select(ordering => ordering.Expression),
        ];

    public static bool Selects(this TelemetryQuery query, Expression sought) =>
        query.Select.Any(selected => selected.Expression.Mentions(sought))
        || query.GroupBy.Any(expression => expression.Mentions(sought))
        || query.OrderBy.Any(ordering => ordering.Expression.Mentions(sought));

    static Expression Rewrite(this Expression expression, Func<Expression, Expression> rewrite) =>
        rewrite(
            expression switch
            {
                Expression.Number number => new Expression.Number(number.Of.Rewrite(rewrite)),
                Expression.Renamed renamed => renamed with { Of = renamed.Of.Rewrite(rewrite) },
                Expression.Aggregate aggregate => aggregate with
                {
                    Argument = aggregate.Argument?.Rewrite(rewrite),
                    If = aggregate.If?.Rewrite(rewrite),
                },
                Expression.Quantile quantile => quantile with
                {
                    Of = quantile.Of.Rewrite(rewrite),
                    If = quantile.If?.Rewrite(rewrite),
                },
                Expression.Spread spread => new Expression.Spread(spread.Of.Rewrite(rewrite)),
                Expression.Arg arg => arg with { Of = arg.Of.Rewrite(rewrite), By = arg.By.Rewrite(rewrite) },
                Expression.Arithmetic sum => sum with { Left = sum.Left.Rewrite(rewrite), Right = sum.Right.Rewrite(rewrite) },
                Expression.Applied applied => applied with { Of = applied.Of.Rewrite(rewrite) },
                Expression.Choice choice => new Expression.Choice(
                    choice.If.Rewrite(rewrite),
                    choice.Then.Rewrite(rewrite),
                    choice.Otherwise.Rewrite(rewrite)
                ),
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
            Filter.OneOf one => one with { Left = [.. one.Left.Select(left => left.Rewrite(rewrite))] },
            Filter.Like like => like with { Left = like.Left.Rewrite(rewrite) },
            Filter.Among among => among with { Left = among.Left.Rewrite(rewrite) },
            Filter.Has has => new Filter.Has(has.Left.Rewrite(rewrite)),
            _ => filter,
        };

    public static bool Mentions(this Expression expression, Expression sought) => expression.WithParts().Contains(sought);

    /// <summary>The expression itself and everything within it, conditions of aggregates included.</summary>
    public static IEnumerable<Expression> WithParts(this Expression expression) =>
        expression switch
        {
            Expression.Number number => [expression, .. number.Of.WithParts()],
            Expression.Renamed renamed => [expression, .. renamed.Of.WithParts()],
            Expression.Aggregate aggregate =>
            [
                expression,
                .. aggregate.Argument?.WithParts() ?? [],
                .. aggregate.If?.Expressions() ?? [],
            ],
            Expression.Quantile quantile => [expression, .. quantile.Of.WithParts(), .. quantile.If?.Expressions() ?? []],
            Expression.Spread spread => [expression, .. spread.Of.WithParts()],
            Expression.Arg arg => [expression, .. arg.Of.WithParts(), .. arg.By.WithParts()],
            Expression.Arithmetic sum => [expression, .. sum.Left.WithParts(), .. sum.Right.WithParts()],
            Expression.Applied applied => [expression, .. applied.Of.WithParts()],
            Expression.Choice choice =>
            [
                expression,
                .. choice.If.Expressions(),
                .. choice.Then.WithParts(),
                .. choice.Otherwise.WithParts(),
            ],
            _ => [expression],
        };

    /// <summary>Every expression within the filter.</summary>
    public static IEnumerable<Expression> Expressions(this Filter filter) =>
        filter switch
        {
            Filter.And and => and.Parts.SelectMany(Expressions),
            Filter.Or or => or.Parts.SelectMany(Expressions),
            Filter.Not not => not.Inner.Expressions(),
            Filter.Compare compare => compare.Left.WithParts(),
            Filter.In within => within.Left.WithParts(),
            Filter.OneOf one => one.Left.SelectMany(WithParts),
            Filter.Like like => like.Left.WithParts(),
            Filter.Among among => among.Left.WithParts(),
            Filter.Has has => has.Left.WithParts(),
            _ => [],
        };

    public static bool Mentions(this Filter filter, Expression sought) => filter.Expressions().Contains(sought);

    public static bool IsAggregate(this Expression expression) =>
        expression switch
        {
            Expression.Aggregate or Expression.Quantile or Expression.Spread or Expression.Arg => true,
            Expression.Arithmetic sum => sum.Left.IsAggregate() || sum.Right.IsAggregate(),
            Expression.Number number => number.Of.IsAggregate(),
            Expression.Renamed renamed => renamed.Of.IsAggregate(),
            Expression.Applied applied => applied.Of.IsAggregate(),
            Expression.Choice choice => choice.Then.IsAggregate() || choice.Otherwise.IsAggregate(),
            _ => false,
        };

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
            Filter.In { Values.Count: 0 } or Filter.OneOf { Values.Count: 0 } => new Filter.Or([]),
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
