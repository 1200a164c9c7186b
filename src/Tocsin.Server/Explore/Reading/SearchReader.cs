using System.Globalization;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// Reads <c>query</c>: conditions on rows, and conditions on aggregates (<c>p95(span.duration):&gt;300ms</c>), which choose among the groups.
/// </summary>
/// <param name="issues">Numbers of the issues that the query names by their short ids; 0 for one that there is not.</param>
sealed class SearchReader(
    ColumnReader columns,
    IReadOnlyList<ProjectSnapshot> projects,
    IReadOnlyDictionary<string, long> issues,
    DateTimeOffset now
)
{
    /// <exception cref="ExploreMistake">The query cannot be read.</exception>
    public (Filter? Rows, Filter? Groups) Read(SearchTerm term)
    {
        var parts = (term is SearchTerm.And and ? and.Parts : [term]).ToLookup(IsOfGroups);
        return (Filter(parts[false]), Filter(parts[true]));
    }

    /// <exception cref="ExploreMistake">The text is no query.</exception>
    public static SearchTerm Parse(string? query) =>
        SearchParser.TryParse(query ?? "", out var term, out var error) ? term : throw Wrong(error);

    /// <summary>What the query calls issues by, so that they can be looked up before it is read.</summary>
    public static IEnumerable<string> IssuesIn(SearchTerm term) =>
        term switch
        {
            SearchTerm.And and => and.Parts.SelectMany(IssuesIn),
            SearchTerm.Or or => or.Parts.SelectMany(IssuesIn),
            SearchTerm.Match { Key: SearchKey.Named { Text: "issue" } } match => match.Values.Select(value => value.Literal),
            _ => [],
        };

    Filter? Filter(IEnumerable<SearchTerm> terms)
    {
        IReadOnlyList<SearchTerm> parts = [.. terms];
        if (parts is [] or [SearchTerm.And { Parts.Count: 0 }])
        {
            return null;
        }
        return SearchFilter.TryToFilter(
            new SearchTerm.And(parts),
            columns.Dataset.Fields,
            now,
            out var filter,
            out var error,
            Known
        )
            ? filter
            : throw Wrong(error);
    }

    static bool IsOfGroups(SearchTerm term)
    {
        var leaves = Leaves(term).ToList();
        var ofGroups = leaves.Count(leaf => leaf is SearchTerm.Match { Key: SearchKey.Function });
        return ofGroups == 0 ? false
            : ofGroups == leaves.Count ? true
            : throw new ExploreMistake("Error parsing search query: conditions on rows and on aggregates cannot be joined by OR");
    }

    static IEnumerable<SearchTerm> Leaves(SearchTerm term) =>
        term switch
        {
            SearchTerm.And and => and.Parts.SelectMany(Leaves),
            SearchTerm.Or or => or.Parts.SelectMany(Leaves),
            _ => [term],
        };

    Filter? Known(SearchTerm.Match match) =>
        match.Key switch
        {
            SearchKey.Function function => OfGroups(function, match),
            SearchKey.Named { Text: "project" or "project.name" or "project_name" } => OfProjects(match),
            SearchKey.Named { Text: "issue" } when !columns.Dataset.IsOfSpans => OfIssues(match),
            SearchKey.Named { Text: "event.type" } when columns.Dataset.IsOfSpans => match.Values.Any(value =>
                value.Literal == "transaction"
            )
                ? new Filter.And([])
                : new Filter.Or([]),
            _ => null,
        };

    Filter.In OfProjects(SearchTerm.Match match) =>
        new(
            new Expression.Field("project.id"),
            [
                .. projects
                    .Where(project => match.Values.Any(value => IsNamed(project, value.Literal)))
                    .Select(project => (object)project.Id),
            ]
        );

    static bool IsNamed(ProjectSnapshot project, string name) =>
        project.Slug == name || project.Id.ToString(CultureInfo.InvariantCulture) == name;

    Filter.In OfIssues(SearchTerm.Match match) =>
        new(new Expression.Field("issue.id"), [.. match.Values.Select(value => (object)issues.GetValueOrDefault(value.Literal))]);

    Filter OfGroups(SearchKey.Function function, SearchTerm.Match match)
    {
        var column = columns.Function(function.Name, function.Arguments, match.Key.ToString()!);
        var parts = match.Values.Select(value => new Filter.Compare(column.Expression, Sign(match), Value(column, value, match)));
        return match.Values.Count == 1 ? parts.Single() : new Filter.Or([.. parts]);
    }

    object Value(Column column, SearchValue value, SearchTerm.Match match) =>
        column.Type.Name switch
        {
            "date" when value.TryTime(out var from, out _) => Metadata.Microseconds.From(from),
            "date" when value.TryAge(out var age) => Metadata.Microseconds.From(now + age),
            "duration" when value.TryDuration(out var duration) => duration.TotalMilliseconds,
            "percentage" or "number" when value.TryShare(out var share) => share,
            "string" => value.Literal,
            not "date" when value.TryNumber(out var number) => number,
            _ => throw new ExploreMistake($"Error parsing search query: {match.Key}: \"{value.Text}\" is no {column.Type.Name}"),
        };

    static Comparison Sign(SearchTerm.Match match) =>
        match.Operator switch
        {
            SearchOperator.Equal => Comparison.Equal,
            SearchOperator.NotEqual => Comparison.NotEqual,
            SearchOperator.Less => Comparison.Less,
            SearchOperator.LessOrEqual => Comparison.LessOrEqual,
            SearchOperator.Greater => Comparison.Greater,
            SearchOperator.GreaterOrEqual => Comparison.GreaterOrEqual,
            _ => throw new ExploreMistake($"Error parsing search query: {match.Key} can only be compared"),
        };

    static ExploreMistake Wrong(SearchError error) => new($"Error parsing search query: {error.Message} (at {error.Position})");
}
