using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Telemetry.Tests.Query.Search;

/// <summary>Trees as one line, for tables of cases.</summary>
static class Spelled
{
    public static string Out(SearchTerm term) =>
        term switch
        {
            SearchTerm.And and => $"and({string.Join(" ", and.Parts.Select(Out))})",
            SearchTerm.Or or => $"or({string.Join(" ", or.Parts.Select(Out))})",
            SearchTerm.Has has => $"{(has.Negated ? "!" : "")}has {has.Key}",
            SearchTerm.Words words => $"words<{words.Value.Text}>",
            SearchTerm.Match match =>
                $"{(match.Negated ? "!" : "")}{match.Key} {match.Operator} {string.Join("|", match.Values.Select(value => $"<{value.Text}>"))}",
            _ => term.ToString(),
        };

    public static string Out(Filter filter) =>
        filter switch
        {
            Filter.And and => $"and({string.Join(" ", and.Parts.Select(Out))})",
            Filter.Or or => $"or({string.Join(" ", or.Parts.Select(Out))})",
            Filter.Not not => $"not({Out(not.Inner)})",
            Filter.Compare compare => $"{Out(compare.Left)} {compare.Operator} {Out(compare.Value)}",
            Filter.In within => $"{Out(within.Left)} in {string.Join("|", within.Values.Select(Out))}",
            Filter.Like like => $"{Out(like.Left)} like <{like.Pattern}>",
            Filter.Has has => $"has {Out(has.Left)}",
            _ => filter.ToString(),
        };

    static string Out(Expression expression) =>
        expression switch
        {
            Expression.Field field => field.Name,
            Expression.Tag tag => $"tag {tag.Key}",
            _ => expression.ToString(),
        };

    static string Out(object value) => value is string text ? $"<{text}>" : FormattableString.Invariant($"{value}");
}
