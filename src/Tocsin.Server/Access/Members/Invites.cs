using Dapper;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Members;

/// <summary>Open invitations by their secret.</summary>
sealed class Invites(MetadataDb db, TimeProvider time)
{
    const string IsOpen = "invite_hash = @hash AND user_id IS NULL AND invite_expires > @now";

    /// <summary>Null: there is none, it was taken, withdrawn, or its time is over.</summary>
    public async Task<Invite?> FindAsync(string secret, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var invite = await connection.QueryFirstOrDefaultAsync<Invite>(
            $"""
            SELECT o.slug AS organization_slug, o.name AS organization_name, m.email
            FROM members m JOIN organizations o ON o.id = m.organization_id WHERE {IsOpen}
            """,
            new { hash = Secret.Hash(secret), now = Microseconds.Now(time) }
        );
        if (invite is null)
        {
            return null;
        }
        var userId = await connection.ExecuteScalarAsync<long?>(
            "SELECT id FROM users WHERE normalized_email = @normalized",
            new { normalized = EmailAddress.Normalize(invite.Email) }
        );
        return invite with { UserId = userId };
    }

    /// <summary>False: somebody was faster, or it is over.</summary>
    public Task<bool> TakeAsync(string secret, long userId, CancellationToken cancellation) =>
        db.WriteAsync(transaction => TakeAsync(transaction, secret, userId), cancellation);

    /// <summary>Makes the account and takes the invitation, or neither.</summary>
    public async Task<bool> TakeAsync(string secret, User user, CancellationToken cancellation)
    {
        try
        {
            await db.WriteAsync(
                async transaction =>
                {
                    user.Id = await UserStore.InsertAsync(transaction, user);
                    if (!await TakeAsync(transaction, secret, user.Id))
                    {
                        throw new TooLate();
                    }
                },
                cancellation
            );
            return true;
        }
        catch (TooLate)
        {
            return false;
        }
    }

    async Task<bool> TakeAsync(MetadataTransaction transaction, string secret, long userId) =>
        await transaction.ExecuteAsync(
            $"UPDATE members SET user_id = @userId, invite_hash = NULL, invite_expires = NULL WHERE {IsOpen}",
            new
            {
                userId,
                hash = Secret.Hash(secret),
                now = Microseconds.Now(time),
            }
        ) == 1;

    sealed class TooLate : Exception;
}

sealed record Invite
{
    public string OrganizationSlug { get; init; } = "";
    public string OrganizationName { get; init; } = "";
    public string Email { get; init; } = "";
    public long? UserId { get; init; }
}
