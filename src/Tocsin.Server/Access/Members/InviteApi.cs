using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access.Members;

/// <summary>Taking an invitation: whoever has its link, and is or becomes the person of its address.</summary>
static class InviteApi
{
    const string Pattern = "/api/0/accept-invite/{invite}/";
    const string Gone = "This invitation is not valid any more. Ask for a new one.";

    public static void MapInvites(this GatedRoutes routes)
    {
        routes.Public.MapGet(Pattern, GetAsync);
        routes.Public.MapPost(Pattern, AcceptAsync);
    }

    /// <summary>What the invitation is for.</summary>
    internal static async Task<Results<Ok<InviteShape>, ApiError>> GetAsync(
        string invite,
        Invites invites,
        CancellationToken cancellation
    ) =>
        await invites.FindAsync(invite, cancellation) is { } found
            ? TypedResults.Ok(
                new InviteShape(found.OrganizationSlug, found.OrganizationName, found.Email, found.UserId is not null)
            )
            : ApiError.NotFound(Gone);

    /// <summary>
    /// Takes it. Without an account for the address, name and password make one; with one, the caller must be logged in as it.
    /// </summary>
    internal static async Task<Results<Ok<UserShape>, ApiError>> AcceptAsync(
        HttpContext context,
        string invite,
        InviteBody body,
        Invites invites,
        Accounts accounts,
        UserStore users,
        BrowserSessions sessions,
        CancellationToken cancellation
    )
    {
        if (await invites.FindAsync(invite, cancellation) is not { } found)
        {
            return ApiError.NotFound(Gone);
        }
        if (found.UserId is { } existing)
        {
            if (context.Features.Get<Caller>() is not Caller.Session session || session.User != existing)
            {
                return ApiError.Forbidden($"Log in as {found.Email} to accept this invitation.");
            }
            return await invites.TakeAsync(invite, existing, cancellation)
                ? TypedResults.Ok(UserShape.Of((await users.GetAsync(existing, cancellation))!))
                : ApiError.NotFound(Gone);
        }
        var (user, problems) = await accounts.PrepareAsync(found.Email, body.Password, body.Name, cancellation);
        if (user is null)
        {
            return ApiError.Fields(problems);
        }
        if (!await invites.TakeAsync(invite, user, cancellation))
        {
            return ApiError.NotFound(Gone);
        }
        await sessions.StartAsync(context, user.Id);
        return TypedResults.Ok(UserShape.Of(user));
    }
}

/// <summary>HasAccount: there is a user with this address, who logs in instead of choosing a password.</summary>
sealed record InviteShape(string OrganizationSlug, string OrganizationName, string Email, bool HasAccount);

sealed record InviteBody(string? Name, string? Password);
