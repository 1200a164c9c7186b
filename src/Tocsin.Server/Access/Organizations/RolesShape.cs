namespace Tocsin.Server.Access.Organizations;

/// <summary>The roles as clients list them, with whether this caller may give them.</summary>
static class RolesShape
{
    public static IReadOnlyList<RoleShape> For(Tenant tenant) =>
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
