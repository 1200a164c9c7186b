using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Sessions;

/// <summary>Logging in and out, and the list of browsers that are logged in.</summary>
static class SessionApi
{
    public static void MapSessions(this GatedRoutes routes)
    {
        routes.Public.MapPost("/api/0/auth/login/", LogInAsync);
        routes.Caller.Post("/auth/logout/", Credential.Session, null, LogOutAsync);
        routes.Caller.Get("/auth/", Credential.User, null, GetAsync);
        routes.Caller.Delete("/auth/", Credential.Session, null, LogOutAsync);
        routes.Caller.Get("/users/me/sessions/", Credential.Session, null, ListAsync);
        routes.Caller.Delete("/users/me/sessions/{session:long}/", Credential.Session, null, EndAsync);
    }

    /// <summary>Starts a session: the answer sets its cookie and the antiforgery cookie.</summary>
    internal static async Task<Results<Ok<UserShape>, ApiError>> LogInAsync(
        HttpContext context,
        LoginBody body,
        Accounts accounts,
        BrowserSessions sessions,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(body.Email) || string.IsNullOrEmpty(body.Password))
        {
            return ApiError.BadRequest("E-mail address and password are needed.");
        }
        switch (await accounts.LogInAsync(body.Email, body.Password, cancellation))
        {
            case LoginAnswer.Welcome welcome:
                await sessions.StartAsync(context, welcome.User.Id);
                return TypedResults.Ok(UserShape.Of(welcome.User));
            case LoginAnswer.Locked locked:
                var seconds = Math.Ceiling(locked.Wait.TotalSeconds);
                return ApiError.TooMany(
                    $"Too many wrong passwords for this address. Try again in {seconds} seconds.",
                    locked.Wait
                );
            default:
                return ApiError.Unauthorized("The e-mail address or the password is not right.");
        }
    }

    /// <summary>Ends the session.</summary>
    internal static async Task<NoContent> LogOutAsync(
        HttpContext context,
        Caller caller,
        BrowserSessions sessions,
        CancellationToken cancellation
    )
    {
        var session = (Caller.Session)caller;
        await sessions.EndAsync(session.User, session.Id, cancellation);
        sessions.Forget(context);
        return TypedResults.NoContent();
    }

    /// <summary>Who is logged in.</summary>
    internal static async Task<Ok<UserShape>> GetAsync(Caller caller, UserStore users, CancellationToken cancellation) =>
        TypedResults.Ok(UserShape.Of((await users.GetAsync(caller.UserId!.Value, cancellation))!));

    /// <summary>Where the user is logged in, the latest first.</summary>
    internal static async Task<Ok<IReadOnlyList<SessionShape>>> ListAsync(
        Caller caller,
        BrowserSessions sessions,
        CancellationToken cancellation
    )
    {
        var own = (Caller.Session)caller;
        var all = await sessions.OfUserAsync(own.User, cancellation);
        return TypedResults.Ok<IReadOnlyList<SessionShape>>([.. all.Select(session => SessionShape.Of(session, own.Id))]);
    }

    /// <summary>Logs one of the user's browsers out.</summary>
    internal static async Task<Results<NoContent, ApiError>> EndAsync(
        Caller caller,
        long session,
        BrowserSessions sessions,
        CancellationToken cancellation
    ) => await sessions.EndAsync(caller.UserId!.Value, session, cancellation) ? TypedResults.NoContent() : ApiError.NotFound();
}

sealed record LoginBody(string? Email, string? Password);

sealed record SessionShape
{
    public required string Id { get; init; }
    public required string? IpAddress { get; init; }
    public required string? UserAgent { get; init; }
    public required DateTime DateCreated { get; init; }
    public required DateTime LastSeen { get; init; }
    public required DateTime Expires { get; init; }

    /// <summary>The one that asks.</summary>
    public required bool IsCurrent { get; init; }

    public static SessionShape Of(BrowserSession session, long current) =>
        new()
        {
            Id = session.Id.ToString(CultureInfo.InvariantCulture),
            IpAddress = session.Ip,
            UserAgent = session.UserAgent,
            DateCreated = Microseconds.ToUtc(session.Created),
            LastSeen = Microseconds.ToUtc(session.LastSeen),
            Expires = Microseconds.ToUtc(session.Expires),
            IsCurrent = session.Id == current,
        };
}
