using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access.Organizations;

static class OrganizationApi
{
    public static void MapOrganizations(this GatedRoutes routes)
    {
        routes.Caller.Get("/organizations/", Credential.Any, Scope.OrgRead, ListAsync);
        routes.Caller.Post("/organizations/", Credential.Session, null, CreateAsync);
        routes.Organization.Get("/", Scope.OrgRead, Get);
        routes.Organization.Put("/", Scope.OrgWrite, UpdateAsync);
    }

    /// <summary>The organisations that the caller belongs to.</summary>
    internal static async Task<Page<OrganizationShape>> ListAsync(
        Caller caller,
        PageRequest page,
        OrganizationQueries organizations,
        ServerOptions server,
        string? query,
        CancellationToken cancellation
    )
    {
        var all = await organizations.OfCallerAsync(caller, query, cancellation);
        return Page<OrganizationShape>.Of(page, [.. all.Select(organization => new OrganizationShape(organization, server.Url))]);
    }

    /// <summary>Makes an organisation whose owner is the caller, who must be a superuser.</summary>
    internal static async Task<Results<Created<OrganizationShape>, ApiError>> CreateAsync(
        Caller caller,
        OrganizationBody body,
        OrganizationCommands organizations,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(body.Name))
        {
            return ApiError.Field("name", "This field is required.");
        }
        return await organizations.CreateAsync(caller.UserId!.Value, body.Name.Trim(), body.Slug, cancellation) switch
        {
            OrganizationChange.Done done => TypedResults.Created(
                (string?)null,
                new OrganizationShape(done.Organization, server.Url)
            ),
            OrganizationChange.Refused => ApiError.Forbidden(),
            var problem => Problem(problem),
        };
    }

    /// <summary>One organisation with its roles and what the caller may do.</summary>
    internal static Ok<OrganizationDetailShape> Get(Tenant tenant, ServerOptions server) =>
        TypedResults.Ok(new OrganizationDetailShape(tenant, server.Url));

    /// <summary>Changes name or slug.</summary>
    internal static async Task<Results<Ok<OrganizationDetailShape>, ApiError>> UpdateAsync(
        Tenant tenant,
        OrganizationBody body,
        OrganizationCommands organizations,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        var change = await organizations.UpdateAsync(tenant.Organization, body.Name, body.Slug, cancellation);
        return change is OrganizationChange.Done done
            ? TypedResults.Ok(new OrganizationDetailShape(tenant.Of(done.Organization), server.Url))
            : Problem(change);
    }

    static ApiError Problem(OrganizationChange change) =>
        change is OrganizationChange.SlugTaken
            ? ApiError.Field("slug", "An organization with this slug already exists.")
            : ApiError.Field("slug", Slug.Rule);
}

/// <summary>What is absent stays as it is.</summary>
sealed record OrganizationBody(string? Name, string? Slug);
