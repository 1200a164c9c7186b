using System.Globalization;
using Tocsin.Server.Issues.Search;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore.Reading;

/// <summary>Terms whose meaning only the product knows: slugs, short ids, the standing of issues, beginnings of trace ids, sizes.</summary>
/// <param name="issues">Numbers of the issues that the query names by their short ids; 0 for one that there is not.</param>
/// <param name="standing">The issues that terms about issues themselves mean.</param>
sealed class SpecialTerms(
    ExploreDataset dataset,
    IReadOnlyList<ProjectSnapshot> projects,
    IReadOnlyDictionary<string, long> issues,
    IReadOnlyDictionary<SearchTerm.Match, IssueSelectionByTerm> standing
)
{
    static readonly Expression Issue = new Expression.Field("issue.id");

    /// <summary>Null: the term means here what it means everywhere.</summary>
    public Filter? Read(SearchTerm.Match match) =>
        standing.TryGetValue(match, out var selected) ? selected.Filter(Issue)
        : match.Key is SearchKey.Named { Text: var key } ? Read(key, match)
        : null;

    Filter? Read(string key, SearchTerm.Match match) =>
        key switch
        {
            "project" or "project.name" or "project_name" => OfProjects(match),
            "issue" when !dataset.IsOfSpans => OfIssues(match),
            "event.type" when dataset.IsOfSpans => match.Values.Any(value => value.Literal == "transaction")
                ? new Filter.And([])
                : new Filter.Or([]),
            "trace" or "trace_id" when match is { Operator: SearchOperator.Equal, IsList: false } => OfTracesFrom(
                match.Values[0].Literal
            ),
            "message" or "title" when dataset.IsOfTransactions && !match.Written.IsEmpty => Named(match),
            _ when dataset.IsOfSpans && VitalScores.Named(key) is { } score => Measured(key, score, ColumnType.Number, match),
            _ when dataset.IsOfSpans && MeasuredAttributes.TypeOf(key) is { } type => Measured(
                key,
                new Expression.Number(new Expression.Tag(key)),
                type,
                match
            ),
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
        new(Issue, [.. match.Values.Select(value => (object)issues.GetValueOrDefault(value.Literal))]);

    /// <summary>People copy the first letters of a trace's id; eight are enough to mean one.</summary>
    static Filter.And? OfTracesFrom(string start)
    {
        const int whole = 32;
        if (start.Length is < 8 or >= whole || !start.All(char.IsAsciiHexDigit))
        {
            return null;
        }
        var trace = new Expression.Field("trace");
        return new([
            new Filter.Compare(trace, Comparison.GreaterOrEqual, start.PadRight(whole, '0')),
            new Filter.Compare(trace, Comparison.LessOrEqual, start.PadRight(whole, 'f')),
        ]);
    }

    /// <summary>A transaction's title is its name, and is looked for by its parts.</summary>
    static Filter.Or Named(SearchTerm.Match match) =>
        new([.. match.Texts.Select(text => new Filter.Like(new Expression.Field("transaction"), $"*{text.Pattern}*"))]);

    static Filter.Or Measured(string key, Expression number, ColumnType type, SearchTerm.Match match)
    {
        return new([.. match.Values.Select(value => new Filter.Compare(number, match.Sign(), Read(value)))]);

        double Read(SearchValue value) =>
            type == ColumnType.Size && value.TryBytes(out var bytes) ? bytes
            : type == ColumnType.Duration && value.TryDuration(out var duration) ? duration.TotalMilliseconds
            : value.TryNumber(out var plain) ? plain
            : throw new ExploreMistake($"Error parsing search query: {key}: \"{value.Text}\" is no {type.Name}");
    }
}
