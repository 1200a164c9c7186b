using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Issues.Search;

/// <summary><c>is:unresolved</c> and its relatives.</summary>
static class IssueStatusKey
{
    public static string? Read(SearchTerm.Match match, IssueCriteria criteria, IssueSearchCaller caller)
    {
        var conditions = match.Values.Select(value => (value.Text, Sql: Condition(value.Text.ToLowerInvariant()))).ToList();
        if (conditions.Find(condition => condition.Sql is null).Text is { } unknown)
        {
            return $"Invalid value for \"is\" search: \"{unknown}\" is not a status. Use unresolved, resolved, archived, assigned, unassigned, new, ongoing, escalating or regressed.";
        }
        criteria.RequireAny(conditions.Select(condition => condition.Sql!), match.Negated);
        Narrow(match, criteria);
        return null;
    }

    static void Narrow(SearchTerm.Match match, IssueCriteria criteria)
    {
        var statuses = match.Values.Select(value => Status(value.Text.ToLowerInvariant())).ToList();
        if (!statuses.Contains(null))
        {
            criteria.Narrow(match.Negated ? IssueStatus.All.Except(statuses.OfType<string>()) : statuses.OfType<string>());
        }
    }

    static string? Status(string word) =>
        word switch
        {
            "unresolved" => IssueStatus.Unresolved,
            "resolved" => IssueStatus.Resolved,
            "archived" or "ignored" or "muted" => IssueStatus.Ignored,
            _ => null,
        };

    static string? Condition(string word) =>
        word switch
        {
            _ when Status(word) is { } status => $"i.status = '{status}'",
            "assigned" => "(i.assigned_user_id IS NOT NULL OR i.assigned_team_id IS NOT NULL)",
            "unassigned" => "(i.assigned_user_id IS NULL AND i.assigned_team_id IS NULL)",
            "new" or "for_review" or "ongoing" or "escalating" or "regressed" =>
                $"COALESCE(i.substatus, '') = '{(word == "for_review" ? "new" : word)}'",
            // No tracker is connected yet, so no issue is linked to one.
            "linked" => "1 = 0",
            "unlinked" => "1 = 1",
            _ => null,
        };
}

/// <summary><c>assigned:me</c>, <c>none</c>, <c>my_teams</c>, <c>#team</c>, an address, and lists of these.</summary>
static class IssueAssigneeKey
{
    public static string? Read(SearchTerm.Match match, IssueCriteria criteria, IssueSearchCaller caller)
    {
        criteria.RequireAny(match.Values.Select(value => Condition(value.Text, criteria, caller)), match.Negated);
        return null;
    }

    static string Condition(string name, IssueCriteria criteria, IssueSearchCaller caller) =>
        name switch
        {
            "me" => caller.UserId is { } me ? $"COALESCE(i.assigned_user_id, 0) = {me}" : "1 = 0",
            "none" => "(i.assigned_user_id IS NULL AND i.assigned_team_id IS NULL)",
            "my_teams" => $"COALESCE(i.assigned_team_id, 0) IN {Metadata.SqlList.Of(caller.Teams)}",
            ['#', ..] =>
                $"COALESCE(i.assigned_team_id, 0) IN (SELECT id FROM teams WHERE organization_id = {caller.OrganizationId} AND slug = {criteria.Bind(name[1..])})",
            _ =>
                $"COALESCE(i.assigned_user_id, 0) IN (SELECT id FROM users WHERE normalized_email = {criteria.Bind(name.ToUpperInvariant())})",
        };
}

/// <summary><c>bookmarks:me</c>, <c>subscribed:me</c>: marks are personal, so only the caller's own can be asked for.</summary>
static class IssueMarkKey
{
    public static string? Read(string condition, SearchTerm.Match match, IssueCriteria criteria, IssueSearchCaller caller)
    {
        if (match.Values is not [{ Text: "me" }])
        {
            return $"Invalid value for \"{match.Key}\": only \"me\" can be asked for.";
        }
        var sql =
            $"EXISTS (SELECT 1 FROM issue_marks m WHERE m.issue_id = i.id AND m.user_id = {caller.UserId ?? 0} AND {condition})";
        criteria.Require(match.Negated ? $"NOT {sql}" : sql);
        return null;
    }
}
