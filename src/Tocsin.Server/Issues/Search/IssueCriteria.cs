using Dapper;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues.Search;

/// <summary>A search as its two halves: conditions on the issue's own row, and a filter on the events behind it.</summary>
sealed class IssueCriteria
{
    readonly List<string> conditions = [];
    readonly List<Filter> events = [];

    public DynamicParameters Parameters { get; } = new();
    public IReadOnlyList<Filter> Events => events;

    /// <summary>What the status of a match can be; a hint for the indexes, that every condition on it stands in <see cref="Sql"/> too.</summary>
    public IReadOnlyList<string> Statuses { get; private set; } = IssueStatus.All;
    public string Sql => conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", conditions);

    /// <summary>The condition refers to the issue as <c>i</c>, to its project as <c>p</c>.</summary>
    public void Require(string condition) => conditions.Add(condition);

    /// <summary>One of the conditions; negated: none of them.</summary>
    public void RequireAny(IEnumerable<string> conditions, bool negated)
    {
        var any = $"({string.Join(" OR ", conditions)})";
        Require(negated ? $"NOT {any}" : any);
    }

    /// <summary>Also known from the conditions: no other status can match.</summary>
    public void Narrow(IEnumerable<string> statuses) => Statuses = [.. Statuses.Intersect(statuses)];

    /// <summary>At least one event must match.</summary>
    public void Require(Filter filter) => events.Add(filter);

    /// <summary>A new parameter with this value; returns how SQL names it.</summary>
    public string Bind(object? value)
    {
        var name = $"c{Parameters.ParameterNames.Count()}";
        Parameters.Add(name, value);
        return "@" + name;
    }
}
