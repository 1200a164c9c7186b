using Tocsin.Server.Access;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Issues.Search;

/// <summary>
/// Sentry's issue search: keys about the issue become conditions on its row, all others a filter on its events.
/// Terms are joined by AND; OR and parentheses are refused as Sentry refuses them.
/// </summary>
sealed class IssueSearch(IssueSearchKeys keys, ReleaseSearch releases, ProjectDirectory directory)
{
    const string NoBooleans =
        "Error parsing search query: Boolean statements containing \"OR\" or \"AND\" are not supported in this search";

    /// <summary>Either criteria, or the sentence that tells what is wrong.</summary>
    public async Task<(IssueCriteria? Criteria, string? Error)> ReadAsync(
        Tenant tenant,
        string text,
        CancellationToken cancellation
    )
    {
        if (!SearchParser.TryParse(text, out var term, out var problem))
        {
            return (null, Sentence(problem));
        }
        term = await releases.NameAsync(term, directory.Of(tenant.Organization.Id).Select(project => project.Id), cancellation);
        var criteria = new IssueCriteria();
        var caller = await keys.CallerAsync(tenant, cancellation);
        foreach (var part in term is SearchTerm.And and ? and.Parts : [term])
        {
            if (Read(part, criteria, caller) is { } error)
            {
                return (null, error);
            }
        }
        return (criteria, null);
    }

    static string? Read(SearchTerm term, IssueCriteria criteria, IssueSearchCaller caller) =>
        term switch
        {
            SearchTerm.And { Parts.Count: 0 } => null,
            SearchTerm.And or SearchTerm.Or => NoBooleans,
            SearchTerm.Words words => Words(words, criteria),
            SearchTerm.Match { Key: SearchKey.Named { Text: "message" }, Written.IsEmpty: false } match => Message(
                match,
                criteria
            ),
            SearchTerm.Match { Key: SearchKey.Named name } match when IssueSearchKeys.Find(name.Text) is { } read => read(
                match,
                criteria,
                caller
            ),
            _ => FromEvents(term, criteria, caller),
        };

    static string? Words(SearchTerm.Words words, IssueCriteria criteria)
    {
        criteria.Require(Containing(criteria.Bind(Metadata.Like.Containing(words.Value.Literal) ?? "%")));
        return null;
    }

    /// <summary>As words without a key are: an error's message is its title.</summary>
    static string? Message(SearchTerm.Match match, IssueCriteria criteria)
    {
        criteria.RequireAny(
            match.Texts.Select(text => Containing(criteria.Bind(IssueTextKey.Like($"*{text.Text}*")))),
            match.Negated
        );
        return null;
    }

    static string Containing(string pattern) =>
        $"(LOWER(i.title) LIKE {pattern} ESCAPE '\\' OR LOWER(i.culprit) LIKE {pattern} ESCAPE '\\' OR LOWER(i.metadata) LIKE {pattern} ESCAPE '\\')";

    static string? FromEvents(SearchTerm term, IssueCriteria criteria, IssueSearchCaller caller)
    {
        var now = new DateTimeOffset(Metadata.Microseconds.ToUtc(caller.Now));
        if (!SearchFilter.TryToFilter(term, Telemetry.Query.FieldTable.Events, now, out var filter, out var problem))
        {
            return Sentence(problem);
        }
        criteria.Require(filter);
        return null;
    }

    static string Sentence(SearchError problem) => $"Error parsing search query: {problem.Message} (at {problem.Position})";
}
