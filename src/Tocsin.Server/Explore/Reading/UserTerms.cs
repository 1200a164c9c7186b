using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore.Reading;

/// <summary>What a search says of the kinds of a span's user, said of the one text that spans keep: <c>user.id:7</c> is <c>user:id:7</c>.</summary>
static class UserTerms
{
    static readonly SearchKey User = new SearchKey.Named("user");

    public static SearchTerm Rewrite(SearchTerm term) =>
        term switch
        {
            SearchTerm.Match { Key: SearchKey.Named { Text: var key } } match when KindIn(key) is { } kind => OfKind(match, kind),
            SearchTerm.Has { Key: SearchKey.Named { Text: var key } } has when KindIn(key) is { } kind => AnyOf(
                kind,
                has.Negated,
                has.Position
            ),
            _ => term,
        };

    /// <summary>A star: any kind. Null: the key is about no user.</summary>
    static string? KindIn(string key) => key == "user.display" ? "*" : UserKinds.Named(key);

    static SearchTerm.Match OfKind(SearchTerm.Match match, string kind)
    {
        var texts = match.Texts;
        return texts is [{ IsEmpty: true }]
            ? AnyOf(kind, !match.Negated, match.Position)
            : new(
                User,
                SearchOperator.Equal,
                [.. texts.Select(value => new SearchValue($"{kind}:{Surround(value.Text, match)}"))],
                match.Negated
            )
            {
                Written = new($"{kind}:{Surround(texts[0].Text, match)}"),
                IsList = texts.Count > 1,
                Position = match.Position,
            };
    }

    static string Surround(string text, SearchTerm.Match match) =>
        match.Operator switch
        {
            SearchOperator.Contains => $"*{text}*",
            SearchOperator.StartsWith => $"{text}*",
            SearchOperator.EndsWith => $"*{text}",
            _ => text,
        };

    static SearchTerm.Match AnyOf(string kind, bool negated, int position) =>
        new(User, SearchOperator.Equal, [new($"{kind}:*")], negated) { Written = new($"{kind}:*"), Position = position };
}
