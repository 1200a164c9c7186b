using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Access;

/// <summary>
/// The places where rooms put their routes. Each group fixes what its addresses name; a route cannot be mapped without saying
/// who may use it, because no method here takes a handler alone.
/// </summary>
sealed class GatedRoutes
{
    readonly RouteGroupBuilder root;

    public GatedRoutes(IEndpointRouteBuilder routes)
    {
        root = routes.MapGroup("");
        ((IEndpointConventionBuilder)root).Finally(LeaveContentTypeToTheHandler);
        Organization = new(root.MapGroup("/api/0/organizations/{organization}"), new TenantTarget.Organization());
        Project = new(root.MapGroup("/api/0/projects/{organization}/{project}"), new TenantTarget.Project());
        Team = new(root.MapGroup("/api/0/teams/{organization}/{team}"), new TenantTarget.Team());
        Caller = new(root.MapGroup("/api/0"));
    }

    /// <summary>Below <c>/api/0/organizations/{organization}</c>.</summary>
    public TenantRoutes Organization { get; }

    /// <summary>Below <c>/api/0/projects/{organization}/{project}</c>.</summary>
    public TenantRoutes Project { get; }

    /// <summary>Below <c>/api/0/teams/{organization}/{team}</c>.</summary>
    public TenantRoutes Team { get; }

    /// <summary>Below <c>/api/0</c>: what callers ask about themselves or across their organisations.</summary>
    public CallerRoutes Caller { get; }

    /// <summary>Routes of <see cref="PublicRoutes"/>; a pattern that is not in its list is not served.</summary>
    public IEndpointRouteBuilder Public => root;

    /// <summary>Below <c>/api/0/{prefix}</c>, whose last segment <c>{parameter}</c> names a thing that leads to its organisation.</summary>
    public TenantRoutes Owned([StringSyntax("Route")] string prefix, string parameter, OwnerLookup findOwner) =>
        new(root.MapGroup($"/api/0{prefix}"), new TenantTarget.Owned(parameter, findOwner));

    // Routing would pass a body of another type on to the next route that fits, before anybody was asked who they are.
    // The handler refuses it with 415 all the same.
    static void LeaveContentTypeToTheHandler(EndpointBuilder endpoint)
    {
        foreach (var accepts in endpoint.Metadata.OfType<IAcceptsMetadata>().ToList())
        {
            endpoint.Metadata.Remove(accepts);
        }
    }
}

/// <summary>Routes inside one organisation.</summary>
sealed class TenantRoutes(RouteGroupBuilder group, TenantTarget target)
{
    public RouteHandlerBuilder Get([StringSyntax("Route")] string pattern, Scope scope, Delegate handler) =>
        Rule(group.MapHandler(HttpMethods.Get, pattern, handler), scope);

    public RouteHandlerBuilder Post([StringSyntax("Route")] string pattern, Scope scope, Delegate handler) =>
        Rule(group.MapHandler(HttpMethods.Post, pattern, handler), scope);

    public RouteHandlerBuilder Put([StringSyntax("Route")] string pattern, Scope scope, Delegate handler) =>
        Rule(group.MapHandler(HttpMethods.Put, pattern, handler), scope);

    public RouteHandlerBuilder Delete([StringSyntax("Route")] string pattern, Scope scope, Delegate handler) =>
        Rule(group.MapHandler(HttpMethods.Delete, pattern, handler), scope);

    RouteHandlerBuilder Rule(RouteHandlerBuilder route, Scope scope) => route.WithMetadata(new RouteRule.InTenant(scope, target));
}

/// <summary>Routes for callers about themselves. The scope is what a token needs; sessions need none.</summary>
sealed class CallerRoutes(RouteGroupBuilder group)
{
    public RouteHandlerBuilder Get(
        [StringSyntax("Route")] string pattern,
        Credential credential,
        Scope? scope,
        Delegate handler
    ) => group.MapHandler(HttpMethods.Get, pattern, handler).WithMetadata(new RouteRule.ForCaller(credential, scope));

    public RouteHandlerBuilder Post(
        [StringSyntax("Route")] string pattern,
        Credential credential,
        Scope? scope,
        Delegate handler
    ) => group.MapHandler(HttpMethods.Post, pattern, handler).WithMetadata(new RouteRule.ForCaller(credential, scope));

    public RouteHandlerBuilder Put(
        [StringSyntax("Route")] string pattern,
        Credential credential,
        Scope? scope,
        Delegate handler
    ) => group.MapHandler(HttpMethods.Put, pattern, handler).WithMetadata(new RouteRule.ForCaller(credential, scope));

    public RouteHandlerBuilder Delete(
        [StringSyntax("Route")] string pattern,
        Credential credential,
        Scope? scope,
        Delegate handler
    ) => group.MapHandler(HttpMethods.Delete, pattern, handler).WithMetadata(new RouteRule.ForCaller(credential, scope));
}
