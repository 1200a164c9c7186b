namespace Tocsin.Server.Access;

/// <summary>What a member may do in the whole organisation; Sentry's four roles, the lowest first.</summary>
sealed record Role(string Id, string Name, string Description, ScopeSet Scopes)
{
    public static Role Member { get; } =
        new(
            "member",
            "Member",
            "Members view and act on events, and see the rest of the organization.",
            new(
                Scope.OrgRead,
                Scope.OrgCi,
                Scope.ProjectRead,
                Scope.ProjectReleases,
                Scope.TeamRead,
                Scope.MemberRead,
                Scope.EventAdmin,
                Scope.AlertsWrite
            )
        );

    public static Role Admin { get; } =
        new(
            "admin",
            "Admin",
            "Admins also create and change teams and projects.",
            Member.Scopes.And(new(Scope.OrgIntegrations, Scope.ProjectAdmin, Scope.TeamAdmin))
        );

    public static Role Manager { get; } =
        new(
            "manager",
            "Manager",
            "Managers also invite, change and remove members, and change the organization's settings.",
            Admin.Scopes.And(new(Scope.OrgWrite, Scope.MemberAdmin))
        );

    public static Role Owner { get; } =
        new("owner", "Owner", "Owners may do everything, also with the organization itself.", ScopeSet.Every);

    public static IReadOnlyList<Role> All { get; } = [Member, Admin, Manager, Owner];

    public static Role? Find(string id) => All.FirstOrDefault(role => role.Id == id);

    public int Rank => All.TakeWhile(role => role.Id != Id).Count();
}

/// <summary>What a member may do in one team and with its projects.</summary>
sealed record TeamRole(string Id, string Name, string Description, ScopeSet Scopes)
{
    public static TeamRole Contributor { get; } =
        new("contributor", "Contributor", "Contributors view and act on events of the team's projects.", ScopeSet.None);

    public static TeamRole Admin { get; } =
        new(
            "admin",
            "Team Admin",
            "Team Admins change the team, its members and its projects.",
            new(Scope.TeamAdmin, Scope.ProjectAdmin)
        );

    public static IReadOnlyList<TeamRole> All { get; } = [Contributor, Admin];

    public static TeamRole? Find(string? id) => All.FirstOrDefault(role => role.Id == id);
}
