using System.Diagnostics.CodeAnalysis;

namespace Tocsin.Telemetry.Query.Search;

/// <summary>
/// What a search means for a dataset: a key is a field where the table has one of that name, and a tag otherwise. Keys that only the product
/// knows (a project's slug, an issue's short id) are asked of the caller first.
/// </summary>
public sealed class SearchFilter
{
    /// <summary>What <c>message:</c> means of a row that has prose.</summary>
    static readonly string[] Message = ["message", "title"];

    readonly FieldTable fields;
    readonly DateTimeOffset now;
    readonly Func<SearchTerm.Match, Filter?>? known;

    SearchFilter(FieldTable fields, DateTimeOffset now, Func<SearchTerm.Match, Filter?>? known)
    {
        this.fields = fields;
        this.now = now;
        this.known = known;
    }

    /// <param name="now">What relative dates count from.</param>
    /// <param name="known">The meaning of a term to the caller, without regard to its negation; null: it has none of its own.</param>
    public static bool TryToFilter(
        SearchTerm term,
        FieldTable fields,
        DateTimeOffset now,
        [NotNullWhen(true)] out Filter? filter,
        [NotNullWhen(false)] out SearchError? error,
        Func<SearchTerm.Match, Filter?>? known = null
    )
    {
        try
        {
            filter = new SearchFilter(fields, now, known).Write(term);
            error = null;
            return true;
        }
        catch (SearchSyntaxException syntax)
        {
            (filter, error) = (null, syntax.Error);
            return false;
        }
    }

    Filter Write(SearchTerm term) =>
        term switch
        {
            SearchTerm.And and => new Filter.And([.. and.Parts.Select(Write)]),
            SearchTerm.Or or => new Filter.Or([.. or.Parts.Select(Write)]),
            SearchTerm.Has has => Negate(has.Negated, new Filter.Has(Meaning(has.Key, has.Position))),
            SearchTerm.Words words => Containing(fields.Prose, words.Value),
            SearchTerm.Match match => Negate(match.Negated, known?.Invoke(match) ?? Match(match)),
            _ => throw new SearchSyntaxException(new(term.Position, "This cannot be searched for here.")),
        };

    static Filter Negate(bool negated, Filter filter) => negated ? new Filter.Not(filter) : filter;

    Filter.Or Containing(IEnumerable<string> names, params IEnumerable<SearchValue> texts) =>
        new([
            .. texts.SelectMany(text =>
                names
                    .Where(name => fields.TryFind(name, out _))
                    .Select(name => new Filter.Like(new Expression.Field(name), $"*{text.Pattern}*"))
            ),
        ]);

    /// <summary>A message is looked for by its parts, with or without stars, and that of an error is its title.</summary>
    bool IsProse(SearchTerm.Match match) =>
        match is { Key: SearchKey.Named { Text: "message" }, Written.IsEmpty: false } && fields.Prose.Contains("message");

    Expression Meaning(SearchKey key, int position) =>
        key switch
        {
            SearchKey.Named { Text: var name } => fields.Named(name),
            SearchKey.Tag { Key: var name } => new Expression.Tag(name),
            SearchKey.Flag => throw new SearchSyntaxException(
                new(position, $"{key} cannot be searched for: feature flags are not indexed.")
            ),
            _ => throw new SearchSyntaxException(new(position, $"{key} is an aggregate; it cannot be compared here.")),
        };

    Filter Match(SearchTerm.Match match)
    {
        if (match.Key is SearchKey.Named { Text: "error.unhandled" })
        {
            return new Filter.Not(Match(match with { Key = new SearchKey.Named("error.handled") }));
        }
        if (IsProse(match))
        {
            return Containing(Message, match.Texts);
        }
        var left = Meaning(match.Key, match.Position);
        var reader = new ValueReader(match, left, now);
        return left is Expression.Field { Name: var name } ? reader.ForField(fields[name])
            : left is Expression.Measurement ? reader.ForMeasurement()
            : match.Key is SearchKey.Named && fields.HasTypedTags && match.IsOfNumbers ? reader.ForTag(TagType.Number)
            : match.Key is SearchKey.Tag { Type: var type } ? reader.ForTag(type)
            : reader.ForText();
    }
}
