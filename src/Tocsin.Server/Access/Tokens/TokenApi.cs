using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Tokens;

/// <summary>
/// A user's own tokens. Only a browser session sees, makes or revokes them: a token with few scopes must not lead to one with more.
/// </summary>
static class TokenApi
{
    public static void MapTokens(this GatedRoutes routes)
    {
        routes.Caller.Get("/api-tokens/", Credential.Session, null, ListAsync);
        routes.Caller.Post("/api-tokens/", Credential.Session, null, CreateAsync);
        routes.Caller.Delete("/api-tokens/", Credential.Session, null, RevokeNamedAsync);
        routes.Caller.Delete("/api-tokens/{token:long}/", Credential.Session, null, RevokeAsync);
    }

    /// <summary>The user's tokens, without their secret part.</summary>
    internal static async Task<Ok<IReadOnlyList<TokenShape>>> ListAsync(
        Caller caller,
        ApiTokens tokens,
        CancellationToken cancellation
    )
    {
        var all = await tokens.OfUserAsync(caller.UserId!.Value, cancellation);
        return TypedResults.Ok<IReadOnlyList<TokenShape>>([.. all.Select(token => TokenShape.Of(token))]);
    }

    /// <summary>Makes a token; the answer is the only place that ever shows it.</summary>
    internal static async Task<Results<Created<TokenShape>, ApiError>> CreateAsync(
        Caller caller,
        TokenBody body,
        ApiTokens tokens,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (body.ReadScopes() is not { } scopes)
        {
            return ApiError.Field("scopes", "Name at least one scope, and only known ones.");
        }
        if (body.ExpiresAt <= time.GetUtcNow())
        {
            return ApiError.Field("expiresAt", "This moment is over.");
        }
        var value = TokenText.ForUser();
        var token = new NewToken(body.TrimmedName, value, scopes)
        {
            UserId = caller.UserId,
            Expires = body.ExpiresAt is { } moment ? Microseconds.From(moment) : null,
        };
        var id = await tokens.CreateAsync(token, cancellation);
        var kept = (await tokens.OfUserAsync(caller.UserId!.Value, cancellation)).Single(one => one.Id == id);
        return TypedResults.Created((string?)null, TokenShape.Of(kept) with { Token = value });
    }

    /// <summary>Revokes the token that the body names.</summary>
    internal static Task<Results<NoContent, ApiError>> RevokeNamedAsync(
        Caller caller,
        [FromBody] TokenReference body,
        ApiTokens tokens,
        CancellationToken cancellation
    ) => RevokeAsync(caller, body.TokenId, tokens, cancellation);

    static async Task<Results<NoContent, ApiError>> RevokeAsync(
        Caller caller,
        long token,
        ApiTokens tokens,
        CancellationToken cancellation
    ) =>
        await tokens.RevokeOfUserAsync(caller.UserId!.Value, token, cancellation)
            ? TypedResults.NoContent()
            : ApiError.NotFound();
}

/// <summary>What a new token is to be; without <c>expiresAt</c> it stays valid until it is revoked.</summary>
sealed record TokenBody(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt)
{
    internal string TrimmedName => string.IsNullOrWhiteSpace(Name) ? "Token" : Name.Trim()[..Math.Min(Name.Trim().Length, 200)];

    /// <summary>Null: none, or one that nobody knows.</summary>
    internal ScopeSet? ReadScopes() =>
        Scopes is { Count: > 0 } names && names.All(name => Scope.Find(name) is not null)
            ? ScopeSet.Parse(string.Join(' ', names))
            : null;
}

sealed record TokenReference(long TokenId);

sealed record TokenShape
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required string TokenLastCharacters { get; init; }
    public required DateTime DateCreated { get; init; }
    public required DateTime? DateLastUsed { get; init; }
    public required DateTime? ExpiresAt { get; init; }

    /// <summary>Only in the answer that made it.</summary>
    public string? Token { get; init; }

    public static TokenShape Of(ApiToken token) =>
        new()
        {
            Id = token.Id.ToString(CultureInfo.InvariantCulture),
            Name = token.Name,
            Scopes = token.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            TokenLastCharacters = token.LastCharacters,
            DateCreated = Microseconds.ToUtc(token.Created),
            DateLastUsed = Microseconds.ToUtc(token.LastUsed),
            ExpiresAt = Microseconds.ToUtc(token.Expires),
        };
}
