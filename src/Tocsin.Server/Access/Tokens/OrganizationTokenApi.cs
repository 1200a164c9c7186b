using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Tokens;

/// <summary>Tokens that belong to the organisation, for build servers and automation. By default they may only publish releases.</summary>
static class OrganizationTokenApi
{
    public static void MapOrganizationTokens(this GatedRoutes routes)
    {
        routes.Organization.Get("/org-auth-tokens/", Scope.OrgRead, ListAsync);
        routes.Organization.Post("/org-auth-tokens/", Scope.OrgWrite, CreateAsync);
        routes.Organization.Delete("/org-auth-tokens/{token:long}/", Scope.OrgWrite, RevokeAsync);
    }

    /// <summary>The organisation's tokens, without their secret part.</summary>
    internal static async Task<Ok<IReadOnlyList<TokenShape>>> ListAsync(
        Tenant tenant,
        ApiTokens tokens,
        CancellationToken cancellation
    )
    {
        var all = await tokens.OfOrganizationAsync(tenant.Organization.Id, cancellation);
        return TypedResults.Ok<IReadOnlyList<TokenShape>>([.. all.Select(TokenShape.Of)]);
    }

    /// <summary>Makes a token with <c>org:ci</c>, or with scopes that the caller has too; its only showing.</summary>
    internal static async Task<Results<Created<TokenShape>, ApiError>> CreateAsync(
        Tenant tenant,
        TokenBody body,
        ApiTokens tokens,
        ServerOptions server,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var wanted = body.Scopes is null ? new ScopeSet(Scope.OrgCi) : body.ReadScopes();
        if (wanted is null)
        {
            return ApiError.Field("scopes", "Name at least one scope, and only known ones.");
        }
        if (!Grants.MayGive(tenant.Scopes, wanted))
        {
            return ApiError.Field("scopes", "You cannot give more than you have.");
        }
        if (body.ExpiresAt <= time.GetUtcNow())
        {
            return ApiError.Field("expiresAt", "This moment is over.");
        }
        var value = TokenText.ForOrganization(server.Url, tenant.Organization.Slug, time.GetUtcNow());
        var token = new NewToken(body.TrimmedName, value, wanted)
        {
            OrganizationId = tenant.Organization.Id,
            Expires = body.ExpiresAt is { } moment ? Microseconds.From(moment) : null,
        };
        var id = await tokens.CreateAsync(token, cancellation);
        var kept = (await tokens.OfOrganizationAsync(tenant.Organization.Id, cancellation)).Single(one => one.Id == id);
        return TypedResults.Created((string?)null, TokenShape.Of(kept) with { Token = value });
    }

    static async Task<Results<NoContent, ApiError>> RevokeAsync(
        Tenant tenant,
        long token,
        ApiTokens tokens,
        CancellationToken cancellation
    ) =>
        await tokens.RevokeOfOrganizationAsync(tenant.Organization.Id, token, cancellation)
            ? TypedResults.NoContent()
            : ApiError.NotFound();
}
