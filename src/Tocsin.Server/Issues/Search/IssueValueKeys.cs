using System.Globalization;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Issues.Search;

/// <summary><c>firstSeen:-24h</c> (newer), <c>+30d</c> (older), <c>:&gt;2026-11-01</c>, or a date that names its day.</summary>
static class IssueTimeKey
{
    public static string? Read(string column, SearchTerm.Match match, IssueCriteria criteria, IssueSearchCaller caller)
    {
        if (match.Values is [var value] && Condition(column, match.Operator, value, caller.Now) is { } condition)
        {
            criteria.Require(match.Negated ? $"NOT ({condition})" : condition);
            return null;
        }
        return $"Invalid date for \"{match.Key}\": use an age such as -24h or +7d, or a date such as 2026-11-20.";
    }

    static string? Condition(string column, SearchOperator comparison, SearchValue value, long now)
    {
        if (value.TryAge(out var age))
        {
            var moment = now - Math.Abs(Microseconds.From(age));
            return age < TimeSpan.Zero ? $"{column} >= {Text(moment)}" : $"{column} <= {Text(moment)}";
        }
        if (!value.TryTime(out var from, out var to))
        {
            return null;
        }
        var (first, end) = (Text(Microseconds.From(from)), Text(Microseconds.From(to)));
        return comparison switch
        {
            SearchOperator.Less => $"{column} < {first}",
            SearchOperator.LessOrEqual => $"{column} < {end}",
            SearchOperator.Greater => $"{column} >= {end}",
            SearchOperator.GreaterOrEqual => $"{column} >= {first}",
            SearchOperator.NotEqual => $"({column} < {first} OR {column} >= {end})",
            _ => $"({column} >= {first} AND {column} < {end})",
        };
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>timesSeen:&gt;10</c>.</summary>
static class IssueNumberKey
{
    public static string? Read(string column, SearchTerm.Match match, IssueCriteria criteria)
    {
        var numbers = new List<string>();
        foreach (var value in match.Values)
        {
            if (!value.TryNumber(out var number))
            {
                return $"Invalid number for \"{match.Key}\": \"{value.Text}\".";
            }
            numbers.Add(criteria.Bind((long)number));
        }
        var sign = match.Operator switch
        {
            SearchOperator.Less => "<",
            SearchOperator.LessOrEqual => "<=",
            SearchOperator.Greater => ">",
            SearchOperator.GreaterOrEqual => ">=",
            SearchOperator.NotEqual => "<>",
            _ => "=",
        };
        criteria.RequireAny(numbers.Select(number => $"{column} {sign} {number}"), match.Negated);
        return null;
    }
}

/// <summary>A text of the issue's row: equal without regard to case, or a pattern with <c>*</c>.</summary>
static class IssueTextKey
{
    public static string? Read(string column, SearchTerm.Match match, IssueCriteria criteria) => Read([column], match, criteria);

    /// <summary>One of the columns has one of the values.</summary>
    public static string? Read(IReadOnlyList<string> columns, SearchTerm.Match match, IssueCriteria criteria)
    {
        criteria.RequireAny(
            match.Values.SelectMany(value => columns.Select(column => Condition(column, match.Operator, value, criteria))),
            match.Negated != (match.Operator == SearchOperator.NotEqual)
        );
        return null;
    }

    static string Condition(string column, SearchOperator comparison, SearchValue value, IssueCriteria criteria)
    {
        var pattern = comparison switch
        {
            SearchOperator.Contains => $"*{value.Text}*",
            SearchOperator.StartsWith => $"{value.Text}*",
            SearchOperator.EndsWith => $"*{value.Text}",
            _ => value.Text,
        };
        return new SearchValue(pattern).IsPattern
            ? $"LOWER({column}) LIKE {criteria.Bind(Like(pattern))} ESCAPE '\\'"
            : $"LOWER({column}) = {criteria.Bind(value.Literal.ToLowerInvariant())}";
    }

    /// <summary><c>*</c> becomes <c>%</c>; what SQL would read as a wildcard is escaped.</summary>
    public static string Like(string pattern) =>
        pattern
            .ToLowerInvariant()
            .Replace(@"\*", "\u0001", StringComparison.Ordinal)
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal)
            .Replace('*', '%')
            .Replace('\u0001', '*');
}

/// <summary><c>firstRelease:shop@1.2</c>; <c>latest</c> is the release in which the project's newest issue began.</summary>
static class IssueReleaseKey
{
    const string Latest = """
        i.first_release = (SELECT n.first_release FROM issues n
            WHERE n.project_id = i.project_id AND n.first_release IS NOT NULL AND n.status <> 'merged' ORDER BY n.first_seen DESC LIMIT 1)
        """;

    public static string? Read(SearchTerm.Match match, IssueCriteria criteria)
    {
        if (match.Values is [{ Text: "latest" }])
        {
            criteria.Require(match.Negated ? $"NOT ({Latest})" : $"({Latest})");
            return null;
        }
        return IssueTextKey.Read("COALESCE(i.first_release, '')", match, criteria);
    }
}

/// <summary><c>error.unhandled:true</c>.</summary>
static class IssueFlagKey
{
    public static string? Read(string condition, SearchTerm.Match match, IssueCriteria criteria)
    {
        if (match.Values is not [var value] || !value.TryBoolean(out var truth))
        {
            return $"Invalid boolean for \"{match.Key}\": true or false.";
        }
        criteria.Require(truth != match.Negated ? condition : $"NOT ({condition})");
        return null;
    }
}

/// <summary><c>issue:SHOP-4K</c>; the name of an issue that was merged leads to where it went.</summary>
static class IssueNameKey
{
    public static string? Read(SearchTerm.Match match, IssueCriteria criteria, IssueSearchCaller caller)
    {
        var conditions = new List<string>();
        foreach (var value in match.Values)
        {
            if (!ShortId.TryParse(value.Literal, out var slug, out var number))
            {
                return $"Invalid value for \"issue\": \"{value.Text}\" is no short id such as SHOP-4K.";
            }
            conditions.Add(
                $"""
                (p.slug = {criteria.Bind(slug)} AND i.id IN (SELECT COALESCE(s.parent_id, n.id) FROM issues n
                    LEFT JOIN issue_strands s ON s.issue_id = n.id WHERE n.project_id = p.id AND n.short_id = {criteria.Bind(
                    number
                )}))
                """
            );
        }
        criteria.RequireAny(conditions, match.Negated);
        return null;
    }
}
