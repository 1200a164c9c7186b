namespace Tocsin.Server.Access.Organizations;

/// <summary>The roles as clients list them, with whether this caller may give them.</summary>
static class RolesShape
{
    public static IReadOnlyList<RoleShape> Roles(Tenant tenant) =>
        [
            .. Role.All.Select(role => new RoleShape
            {
                Id = role.Id,
                Name = role.Name,
                Desc = role.Description,
                Scopes = role.Scopes.Names,
                IsAllowed = Grants.MayGive(tenant, role),
            }),
        ];

    public static IReadOnlyList<TeamRoleShape> TeamRoles(Tenant tenant) =>
        [
            .. TeamRole.All.Select(role => new TeamRoleShape
            {
                Id = role.Id,
                Name = role.Name,
                Desc = role.Description,
                Scopes = role.Scopes.Names,
                IsAllowed = tenant.May(Scope.TeamAdmin),
                IsMinimumRole = role == TeamRole.Contributor,
            }),
        ];
}

/// <summary>Allowed: whether the caller may give this role to others.</summary>
sealed record RoleShape
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Desc { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required bool IsAllowed { get; init; }
    public bool IsRetired { get; }
    public bool IsGlobal { get; }
    public bool IsTeamRolesAllowed { get; } = true;
    public string MinimumTeamRole { get; } = TeamRole.Contributor.Id;
}

sealed record TeamRoleShape
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Desc { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required bool IsAllowed { get; init; }
    public bool IsRetired { get; }
    public bool IsTeamRolesAllowed { get; } = true;
    public required bool IsMinimumRole { get; init; }
    public string? IsMinimumRoleFor { get; }
}
