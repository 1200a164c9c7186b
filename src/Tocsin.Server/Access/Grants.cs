namespace Tocsin.Server.Access;

/// <summary>Who may give what to others: nobody more than they have.</summary>
static class Grants
{
    /// <summary>Needs <c>member:write</c>, and a role not above the own one; owners are made by owners only.</summary>
    public static bool MayGive(Tenant tenant, Role role) => tenant.May(Scope.MemberWrite) && Reaches(tenant, role);

    /// <summary>Whether the caller may change or remove somebody of this role.</summary>
    public static bool MayChange(Tenant tenant, Role role) => MayGive(tenant, role);

    /// <summary>Whether all of the wanted scopes are held.</summary>
    public static bool MayGive(ScopeSet held, ScopeSet wanted) => wanted.Names.All(name => held.Holds(new(name)));

    static bool Reaches(Tenant tenant, Role role) =>
        tenant.Member is { } member
            ? Role.Find(member.Role) is { } own && role.Rank <= own.Rank
            : tenant.May(Scope.OrgAdmin) || role.Rank < Role.Owner.Rank;
}
