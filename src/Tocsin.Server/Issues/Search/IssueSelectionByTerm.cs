using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues.Search;

/// <summary>The issues that a term means, or, where those are too many to name, those that it does not mean.</summary>
sealed record IssueSelectionByTerm(IReadOnlyList<long> Ids, bool AreOthers)
{
    public Filter Filter(Expression issue)
    {
        var among = new Filter.In(issue, [.. Ids.Select(id => (object)id)]);
        return AreOthers ? new Filter.Not(among) : among;
    }
}
