using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Organizations;

/// <summary>Making organisations and putting people into them; the parts that first run, set-up and the API share.</summary>
static class OrganizationCommands
{
    public static Task<long> InsertAsync(MetadataTransaction transaction, string slug, string name, long now) =>
        transaction.ScalarAsync<long>(
            "INSERT INTO organizations (slug, name, created) VALUES (@slug, @name, @now) RETURNING id",
            new
            {
                slug,
                name,
                now,
            }
        );

    public static Task<long> InsertTeamAsync(
        MetadataTransaction transaction,
        long organizationId,
        string slug,
        string name,
        long now
    ) =>
        transaction.ScalarAsync<long>(
            "INSERT INTO teams (organization_id, slug, name, created) VALUES (@organizationId, @slug, @name, @now) RETURNING id",
            new
            {
                organizationId,
                slug,
                name,
                now,
            }
        );

    /// <summary>A user's place in an organisation; an open invitation to the address becomes this place.</summary>
    public static Task<long> InsertMemberAsync(
        MetadataTransaction transaction,
        long organizationId,
        long userId,
        string email,
        Role role,
        long now
    ) =>
        transaction.ScalarAsync<long>(
            """
            INSERT INTO members (organization_id, user_id, email, role, created) VALUES (@organizationId, @userId, @email, @role, @now)
            ON CONFLICT (organization_id, email) DO UPDATE
                SET user_id = excluded.user_id, role = excluded.role, invite_hash = NULL, invite_expires = NULL
            RETURNING id
            """,
            new
            {
                organizationId,
                userId,
                email,
                role = role.Id,
                now,
            }
        );
}
