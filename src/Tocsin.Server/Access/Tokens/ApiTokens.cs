using Dapper;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Tokens;

/// <summary>
/// Tokens for programs: a user's (<c>sntryu_…</c>) or an organisation's (<c>sntrys_…</c>). Shown once, when they are made.
/// A revoked or expired one is refused from the next request on.
/// </summary>
sealed class ApiTokens(MetadataDb db, TimeProvider time)
{
    // Use is noted at most this often.
    static readonly long NoteEvery = Microseconds.From(TimeSpan.FromMinutes(1));

    public async Task<Presented> FindAsync(string token, CancellationToken cancellation)
    {
        var now = Microseconds.Now(time);
        await using var connection = await db.OpenAsync(cancellation);
        var row = await connection.QueryFirstOrDefaultAsync<TokenRow>(
            """
            SELECT t.id, t.user_id, t.organization_id, t.scopes, t.expires, t.last_used
            FROM api_tokens t LEFT JOIN users u ON u.id = t.user_id
            WHERE t.token_hash = @hash AND (t.user_id IS NULL OR u.is_active = 1)
            """,
            new { hash = Secret.Hash(token) }
        );
        if (row is null)
        {
            return new Presented.Wrong(ApiError.BadToken);
        }
        if (row.Expires <= now)
        {
            return new Presented.Wrong("Token expired");
        }
        if (row.LastUsed is not { } used || now - used >= NoteEvery)
        {
            await db.NoteAsync(
                transaction =>
                    transaction.ExecuteAsync("UPDATE api_tokens SET last_used = @now WHERE id = @Id", new { now, row.Id }),
                cancellation
            );
        }
        var scopes = ScopeSet.Parse(row.Scopes);
        return new Presented.Known(
            row.UserId is { } user
                ? new Caller.UserToken(row.Id, user, scopes)
                : new Caller.OrganizationToken(row.Id, row.OrganizationId!.Value, scopes)
        );
    }

    /// <summary>Keeps the hash of a token that the caller has made; returns its id.</summary>
    public static async Task<long> InsertAsync(MetadataTransaction transaction, NewToken token, long now) =>
        await transaction.ScalarAsync<long>(
            """
            INSERT INTO api_tokens (kind, user_id, organization_id, name, token_hash, last_characters, scopes, created, expires)
            VALUES (@kind, @UserId, @OrganizationId, @Name, @hash, @last, @scopes, @now, @Expires)
            RETURNING id
            """,
            new
            {
                kind = token.UserId is null ? "organization" : "user",
                token.UserId,
                token.OrganizationId,
                token.Name,
                hash = Secret.Hash(token.Value),
                last = token.Value[^4..],
                scopes = token.Scopes.ToString(),
                now,
                token.Expires,
            }
        );

    public Task<long> CreateAsync(NewToken token, CancellationToken cancellation) =>
        db.WriteAsync(transaction => InsertAsync(transaction, token, Microseconds.Now(time)), cancellation);

    public Task<IReadOnlyList<ApiToken>> OfUserAsync(long userId, CancellationToken cancellation) =>
        ListAsync("user_id", userId, cancellation);

    public Task<IReadOnlyList<ApiToken>> OfOrganizationAsync(long organizationId, CancellationToken cancellation) =>
        ListAsync("user_id IS NULL AND organization_id", organizationId, cancellation);

    /// <summary>False: the user has no such token.</summary>
    public Task<bool> RevokeOfUserAsync(long userId, long tokenId, CancellationToken cancellation) =>
        RevokeAsync("user_id", userId, tokenId, cancellation);

    /// <summary>False: the organisation has no such token.</summary>
    public Task<bool> RevokeOfOrganizationAsync(long organizationId, long tokenId, CancellationToken cancellation) =>
        RevokeAsync("user_id IS NULL AND organization_id", organizationId, tokenId, cancellation);

    async Task<IReadOnlyList<ApiToken>> ListAsync(string owner, long id, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var tokens = await connection.QueryAsync<ApiToken>(
            $"""
            SELECT id, name, last_characters, scopes, created, expires, last_used FROM api_tokens
            WHERE {owner} = @id ORDER BY id
            """,
            new { id }
        );
        return tokens.AsList();
    }

    Task<bool> RevokeAsync(string owner, long id, long tokenId, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    $"DELETE FROM api_tokens WHERE id = @tokenId AND {owner} = @id",
                    new { tokenId, id }
                ) > 0,
            cancellation
        );

    sealed record TokenRow
    {
        public long Id { get; init; }
        public long? UserId { get; init; }
        public long? OrganizationId { get; init; }
        public string Scopes { get; init; } = "";
        public long? Expires { get; init; }
        public long? LastUsed { get; init; }
    }
}

/// <summary>A token to keep. Exactly one of the owners is set.</summary>
sealed record NewToken(string Name, string Value, ScopeSet Scopes)
{
    public long? UserId { get; init; }
    public long? OrganizationId { get; init; }

    /// <summary>Microseconds since 1970 UTC; null: never.</summary>
    public long? Expires { get; init; }
}

sealed record ApiToken
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string LastCharacters { get; init; } = "";
    public string Scopes { get; init; } = "";
    public long Created { get; init; }
    public long? Expires { get; init; }
    public long? LastUsed { get; init; }
}
