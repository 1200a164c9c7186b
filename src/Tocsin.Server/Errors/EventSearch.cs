using Tocsin.Server.Issues.Search;
using Tocsin.Server.Releases;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Errors;

/// <summary>The search of a list of events: every key asks the event itself.</summary>
sealed class EventSearch(ReleaseSearch releases, TimeProvider time)
{
    /// <param name="ofOneIssue">Then what a search says of issues chose this one already, and says nothing of its events.</param>
    /// <returns>Neither: everything.</returns>
    public async Task<(Filter? Filter, string? Error)> ReadAsync(
        string? text,
        IReadOnlyList<long> projects,
        bool ofOneIssue,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }
        if (!SearchParser.TryParse(text, out var term, out var problem))
        {
            return (null, Sentence(problem));
        }
        if (ofOneIssue)
        {
            term = term.Rewrite(leaf =>
                leaf is SearchTerm.Match match && IssueTerms.IsOfIssues(match) ? new SearchTerm.And([]) : leaf
            );
        }
        var named = await releases.NameAsync(term, projects, cancellation);
        return SearchFilter.TryToFilter(named, FieldTable.Events, time.GetUtcNow(), out var filter, out problem)
            ? (filter, null)
            : (null, Sentence(problem));
    }

    static string Sentence(SearchError problem) => $"Error parsing search query: {problem.Message} (at {problem.Position})";
}
