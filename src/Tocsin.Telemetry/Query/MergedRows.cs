using System.Globalization;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// How a query reads issues that were merged. What is selected and grouped by gets the number of the issue that they are shown as; a condition
/// names all issues it is made of instead, so that the sorting of closed days still leads to their rows.
/// </summary>
static class MergedRows
{
    static readonly Expression Issue = new Expression.Field("issue.id");

    public static TelemetryQuery Rewrite(TelemetryQuery query)
    {
        if (query.Merged.Count == 0 || !query.Mentions(Issue))
        {
            return query;
        }
        var names = query.Merged;
        var members = names.ToLookup(name => name.Value, name => name.Key);
        var shown = new Expression.Renamed(Issue, names);
        var rewritten = query.Rewrite(expression =>
            expression switch
            {
                Expression.Field when expression == Issue => shown,
                Expression.Aggregate { If: { } only } aggregate => aggregate with { If = Widen(only) },
                Expression.Quantile { If: { } only } quantile => quantile with { If = Widen(only) },
                _ => expression,
            }
        );
        return rewritten with { Where = rewritten.Where is { } where ? Widen(where) : null };

        Filter Widen(Filter filter) =>
            filter switch
            {
                Filter.And and => new Filter.And([.. and.Parts.Select(Widen)]),
                Filter.Or or => new Filter.Or([.. or.Parts.Select(Widen)]),
                Filter.Not not => new Filter.Not(Widen(not.Inner)),
                Filter.In within when within.Left == shown => new Filter.In(Issue, [.. within.Values.SelectMany(All).Distinct()]),
                Filter.Compare { Operator: Comparison.Equal } compare when compare.Left == shown => new Filter.In(
                    Issue,
                    [.. All(compare.Value)]
                ),
                Filter.Compare { Operator: Comparison.NotEqual } compare when compare.Left == shown => new Filter.Not(
                    new Filter.In(Issue, [.. All(compare.Value)])
                ),
                _ => filter,
            };

        IEnumerable<object> All(object value)
        {
            if (NumberOf(value) is not { } issue)
            {
                return [value];
            }
            var parent = names.GetValueOrDefault(issue, issue);
            return [parent, .. members[parent]];
        }
    }

    static long? NumberOf(object value) =>
        value switch
        {
            long number => number,
            double number when number == Math.Floor(number) => (long)number,
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
}
