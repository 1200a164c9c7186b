using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore.Reading;

/// <summary>How a term compares numbers.</summary>
static class SearchSigns
{
    /// <exception cref="ExploreMistake">It does not; it looks for parts of a text.</exception>
    public static Comparison Sign(this SearchTerm.Match match) =>
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
}
