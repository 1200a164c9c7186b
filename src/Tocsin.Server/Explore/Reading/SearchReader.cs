using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// Reads <c>query</c>: conditions on rows, and conditions on aggregates (<c>p95(span.duration):&gt;300ms</c>), which choose among the groups.
/// </summary>
sealed class SearchReader(ColumnReader columns, SpecialTerms special, DateTimeOffset now)
{
    /// <exception cref="ExploreMistake">The query cannot be read.</exception>
    public (Filter? Rows, Filter? Groups) Read(SearchTerm term)
    {
        foreach (var has in term.Leaves().OfType<SearchTerm.Has>())
        {
            columns.Note(has.Key);
        }
        var parts = (term is SearchTerm.And and ? and.Parts : [term]).ToLookup(IsOfGroups);
        return (Filter(parts[false]), Filter(parts[true]));
    }

    /// <exception cref="ExploreMistake">The text is no query.</exception>
    public static SearchTerm Parse(string? query, ExploreDataset dataset) =>
        !SearchParser.TryParse(query ?? "", out var term, out var error) ? throw Wrong(error)
        : dataset.IsOfSpans ? term.Rewrite(leaf => UserTerms.Rewrite(Numbered(leaf))).Rewrite(Scored)
        : term.Rewrite(Numbered);

    /// <summary>Of what rows hold by a number and clients call by a name, whether there is one.</summary>
    static SearchTerm Numbered(SearchTerm term) =>
        term is SearchTerm.Has { Key: SearchKey.Named { Text: var key } } has
            ? has with
            {
                Key = key switch
                {
                    "issue" => new SearchKey.Named("issue.id"),
                    "project" or "project.name" or "project_name" => new SearchKey.Named("project.id"),
                    _ => has.Key,
                },
            }
            : term;

    /// <summary>A score is there where a vital is that it is reckoned from.</summary>
    static SearchTerm Scored(SearchTerm term)
    {
        if (
            term is not SearchTerm.Has { Key: SearchKey.Named { Text: var key } } has
            || VitalScores.Measured(key) is not { } vitals
        )
        {
            return term;
        }
        IReadOnlyList<SearchTerm> parts = [.. vitals.Select(name => has with { Key = new SearchKey.Named(name) })];
        return has.Negated ? new SearchTerm.And(parts) : new SearchTerm.Or(parts);
    }

    /// <summary>What the query calls issues by, so that they can be looked up before it is read.</summary>
    public static IEnumerable<string> IssuesIn(SearchTerm term) =>
        term.Leaves()
            .SelectMany(leaf =>
                leaf is SearchTerm.Match { Key: SearchKey.Named { Text: "issue" } } match
                    ? match.Values.Select(value => value.Literal)
                    : []
            );

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
        var leaves = term.Leaves().ToList();
        var ofGroups = leaves.Count(leaf => leaf is SearchTerm.Match { Key: SearchKey.Function });
        return ofGroups == 0 ? false
            : ofGroups == leaves.Count ? true
            : throw new ExploreMistake("Error parsing search query: conditions on rows and on aggregates cannot be joined by OR");
    }

    Filter? Known(SearchTerm.Match match)
    {
        if (match.Key is SearchKey.Function function)
        {
            return OfGroups(function, match);
        }
        var known = special.Read(match);
        if (known is null)
        {
            columns.Note(match.Key);
        }
        return known;
    }

    Filter OfGroups(SearchKey.Function function, SearchTerm.Match match)
    {
        var column = columns.Function(function.Name, function.Arguments, match.Key.ToString()!);
        var parts = match.Values.Select(value => new Filter.Compare(
            column.Compared ?? column.Expression,
            match.Sign(),
            Value(column, value, match)
        ));
        return match.Values.Count == 1 ? parts.Single() : new Filter.Or([.. parts]);
    }

    object Value(Column column, SearchValue value, SearchTerm.Match match) =>
        column.Type.Name switch
        {
            "date" when value.TryTime(out var from, out _) => Metadata.Microseconds.From(from),
            "date" when value.TryAge(out var age) => Metadata.Microseconds.From(now + age),
            "duration" when value.TryDuration(out var duration) => duration.TotalMilliseconds,
            "size" when value.TryBytes(out var bytes) => bytes,
            "percentage" or "number" when value.TryShare(out var share) => share,
            "string" => value.Literal,
            not "date" when value.TryNumber(out var number) => number,
            _ => throw new ExploreMistake($"Error parsing search query: {match.Key}: \"{value.Text}\" is no {column.Type.Name}"),
        };

    static ExploreMistake Wrong(SearchError error) => new($"Error parsing search query: {error.Message} (at {error.Position})");
}
