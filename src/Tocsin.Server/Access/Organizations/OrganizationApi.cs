using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Access.Organizations;

static class OrganizationApi
{
    public static void MapOrganizations(this GatedRoutes routes)
    {
        routes.Caller.Get("/organizations/", Credential.Any, Scope.OrgRead, ListAsync);
        routes.Organization.Get("/", Scope.OrgRead, Get);
    }

    /// <summary>The organisations that the caller belongs to.</summary>
    static async Task<Page<OrganizationShape>> ListAsync(
        Caller caller,
        PageRequest page,
        OrganizationQueries organizations,
        ServerOptions server,
        string? query,
        CancellationToken cancellation
    ) =>
        Page<OrganizationShape>.Of(
            page,
            [
                .. (await organizations.OfCallerAsync(caller, query, cancellation)).Select(organization =>
                    OrganizationShape.Of(organization, server.Url)
                ),
            ]
        );

    /// <summary>One organisation with its roles.</summary>
    static Ok<OrganizationDetailShape> Get(Tenant tenant, ServerOptions server) => TypedResults.Ok(Detail(tenant, server.Url));

    static OrganizationDetailShape Detail(Tenant tenant, Uri server)
    {
        var short_ = OrganizationShape.Of(tenant.Organization, server);
        return new()
        {
            Id = short_.Id,
            Slug = short_.Slug,
            Name = short_.Name,
            DateCreated = short_.DateCreated,
            Links = short_.Links,
            Access = tenant.Scopes.Names,
            Role = tenant.Member?.Role,
            OrgRoleList = RolesShape.For(tenant),
            TeamRoleList = RolesShape.TeamRoles(tenant),
        };
    }
}
