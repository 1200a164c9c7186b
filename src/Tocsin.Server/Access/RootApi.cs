using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access;

/// <summary>The root of the API: who the caller is, as Sentry's command line and our pages ask first.</summary>
static class RootApi
{
    public static void MapRoot(this GatedRoutes routes)
    {
        routes.Public.MapGet("/api/", () => TypedResults.Redirect("/api/0/")).ExcludeFromDescription();
        routes.Public.MapGet("/api/0/", GetAsync);
        routes.Public.MapOpenApi(OpenApiDocument.Address);
        routes.Public.MapUnknown();
        routes.Public.MapGet("/api/0/internal/health/", Health);
    }

    /// <summary>Whether the server works; provisioning tools wait for it.</summary>
    internal static Ok<HealthShape> Health() => TypedResults.Ok(new HealthShape([]));

    /// <summary>The caller and what it may do; null for nobody.</summary>
    internal static async Task<Ok<RootShape>> GetAsync(
        HttpContext context,
        UserStore users,
        BrowserSessions sessions,
        CancellationToken cancellation
    )
    {
        var caller = context.Features.Get<Caller>();
        if (caller is Caller.Session session)
        {
            sessions.GiveAntiforgery(context, session);
        }
        var user = caller?.UserId is { } id ? await users.GetAsync(id, cancellation) : null;
        return TypedResults.Ok(
            new RootShape(
                "0",
                caller?.TokenScopes is { } scopes ? new(scopes.Names) : null,
                user is null ? null : UserShape.Of(user)
            )
        );
    }
}

/// <summary>Version: of the API, not of the server. Auth: what the token may do; null for a session, whose roles say it per organisation.</summary>
sealed record RootShape(string Version, AuthShape? Auth, UserShape? User);

sealed record AuthShape(IReadOnlyList<string> Scopes);

/// <summary>Problems: none, or this route would not answer.</summary>
sealed record HealthShape(IReadOnlyList<string> Problems);
