using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Users;

/// <summary>What users know and change about themselves.</summary>
static class UserApi
{
    public static void MapUsers(this GatedRoutes routes)
    {
        routes.Caller.Get("/users/me/", Credential.User, null, GetAsync);
        // Only a browser changes an account: a stolen token must not be able to set another password.
        routes.Caller.Put("/users/me/", Credential.Session, null, UpdateAsync);
        routes.Caller.Get("/users/me/regions/", Credential.Any, null, Regions);
    }

    static async Task<Ok<UserShape>> GetAsync(Caller caller, UserStore users, CancellationToken cancellation) =>
        TypedResults.Ok(UserShape.Of((await users.GetAsync(caller.UserId!.Value, cancellation))!));

    /// <summary>Changes the name, or the password, which needs the current one and ends all other sessions.</summary>
    internal static async Task<Results<Ok<UserShape>, ApiError>> UpdateAsync(
        Caller caller,
        UserBody body,
        Accounts accounts,
        UserStore users,
        MetadataDb db,
        CancellationToken cancellation
    )
    {
        var session = (Caller.Session)caller;
        var user = (await users.GetAsync(session.User, cancellation))!;
        if (body.Name?.Length > 200)
        {
            return ApiError.Field("name", "At most 200 characters.");
        }
        if (body.Password is { } password)
        {
            var problem = await accounts.ChangePasswordAsync(user, body.CurrentPassword ?? "", password, cancellation);
            if (problem is { } found)
            {
                return ApiError.Field(found.Field, found.Sentence);
            }
            await db.WriteAsync(transaction => BrowserSessions.EndOthersAsync(transaction, user.Id, session.Id), cancellation);
        }
        if (body.Name is { } name)
        {
            user.Name = name.Trim();
            await users.UpdateAsync(user, cancellation);
        }
        return TypedResults.Ok(UserShape.Of(user));
    }

    /// <summary>One server is one region.</summary>
    internal static Ok<RegionsShape> Regions(ServerOptions server) =>
        TypedResults.Ok(new RegionsShape([new("default", server.Address)]));
}

/// <summary>What is absent stays as it is.</summary>
sealed record UserBody(string? Name, string? Password, string? CurrentPassword);

sealed record RegionsShape(IReadOnlyList<RegionShape> Regions);

sealed record RegionShape(string Name, string Url);
