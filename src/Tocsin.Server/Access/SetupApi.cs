using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access;

static class SetupApi
{
    const string Pattern = "/api/0/setup/";

    public static void MapSetup(this GatedRoutes routes)
    {
        routes.Public.MapGet(Pattern, GetAsync);
        routes.Public.MapPost(Pattern, CompleteAsync);
    }

    /// <summary>Whether the server still waits for its first user.</summary>
    internal static async Task<Ok<SetupShape>> GetAsync(Setup setup, CancellationToken cancellation) =>
        TypedResults.Ok(new SetupShape(await setup.IsRequiredAsync(cancellation)));

    /// <summary>Makes the first user with the link that the server printed, and logs in.</summary>
    internal static async Task<Results<Ok<UserShape>, ApiError>> CompleteAsync(
        HttpContext context,
        SetupBody body,
        Setup setup,
        Accounts accounts,
        BrowserSessions sessions,
        CancellationToken cancellation
    )
    {
        if (!await setup.IsRequiredAsync(cancellation))
        {
            return ApiError.Conflict("The server is set up already.");
        }
        // Before the password is hashed: strangers must not make the server work.
        if (string.IsNullOrEmpty(body.Token) || !await setup.IsValidAsync(body.Token, cancellation))
        {
            return Over();
        }
        if (body.Organization?.Length > 200)
        {
            return ApiError.Field("organization", "At most 200 characters.");
        }
        var (user, problems) = await accounts.PrepareAsync(body.Email, body.Password, body.Name, cancellation);
        if (user is null)
        {
            return ApiError.Fields(problems);
        }
        if (!await setup.CompleteAsync(body.Token, user, body.Organization, cancellation))
        {
            return Over();
        }
        await sessions.StartAsync(context, user.Id);
        return TypedResults.Ok(UserShape.Of(user));
    }

    static ApiError Over() =>
        ApiError.Forbidden("The set-up link is not valid any more. The server prints a new one when it starts.");
}

sealed record SetupShape(bool Required);

/// <summary>Organization: its name; absent keeps the present one.</summary>
sealed record SetupBody(string? Token, string? Email, string? Password, string? Name, string? Organization);
