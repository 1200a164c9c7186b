namespace Tocsin.Telemetry.Query.Search;

/// <summary>Walks over what was written in a search box.</summary>
public static class SearchTerms
{
    /// <summary>The terms that are no sums of others.</summary>
    public static IEnumerable<SearchTerm> Leaves(this SearchTerm term) =>
        term switch
        {
            SearchTerm.And and => and.Parts.SelectMany(Leaves),
            SearchTerm.Or or => or.Parts.SelectMany(Leaves),
            _ => [term],
        };

    /// <summary>The same tree with other leaves.</summary>
    public static SearchTerm Rewrite(this SearchTerm term, Func<SearchTerm, SearchTerm> rewrite) =>
        term switch
        {
            SearchTerm.And and => and with { Parts = [.. and.Parts.Select(part => part.Rewrite(rewrite))] },
            SearchTerm.Or or => or with { Parts = [.. or.Parts.Select(part => part.Rewrite(rewrite))] },
            _ => rewrite(term),
        };
}
