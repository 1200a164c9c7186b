using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access.Organizations;

/// <summary>How a command on an organisation ended.</summary>
abstract record OrganizationChange
{
    OrganizationChange() { }

    public sealed record Done(Organization Organization) : OrganizationChange;

    public sealed record Refused : OrganizationChange;

    public sealed record SlugTaken : OrganizationChange;

    public sealed record InvalidSlug : OrganizationChange;
}

/// <summary>Making and changing organisations; the inserts are shared with the first run and the set-up.</summary>
sealed class OrganizationCommands(MetadataDb db, ProjectDirectory directory, TimeProvider time)
{
    public Task<OrganizationChange> CreateAsync(long userId, string name, string? slug, CancellationToken cancellation)
    {
        return db.WriteAsync(CreateAsync, cancellation);

        async Task<OrganizationChange> CreateAsync(MetadataTransaction transaction)
        {
            var user = await transaction.FirstAsync<Creator>(
                "SELECT email, is_superuser FROM users WHERE id = @userId",
                new { userId }
            );
            if (user is not { IsSuperuser: true })
            {
                return new OrganizationChange.Refused();
            }
            if (slug is not null && !Slug.IsValid(slug))
            {
                return new OrganizationChange.InvalidSlug();
            }
            HashSet<string> taken = [.. await transaction.QueryAsync<string>("SELECT slug FROM organizations")];
            if (slug is not null && taken.Contains(slug))
            {
                return new OrganizationChange.SlugTaken();
            }
            var now = Microseconds.Now(time);
            var chosen = slug ?? Slug.Free(Slug.From(name, "organization"), taken);
            var id = await InsertAsync(transaction, chosen, name, now);
            await InsertMemberAsync(transaction, id, userId, user.Email, Role.Owner, now);
            return new OrganizationChange.Done(
                new()
                {
                    Id = id,
                    Slug = chosen,
                    Name = name,
                    Created = now,
                }
            );
        }
    }

    public async Task<OrganizationChange> UpdateAsync(
        Organization organization,
        string? name,
        string? slug,
        CancellationToken cancellation
    )
    {
        var changed = organization with
        {
            Name = string.IsNullOrWhiteSpace(name) ? organization.Name : name.Trim(),
            Slug = slug ?? organization.Slug,
        };
        if (!Slug.IsValid(changed.Slug))
        {
            return new OrganizationChange.InvalidSlug();
        }
        // The snapshots of its projects hold the slug.
        return await directory.ChangeAsync<OrganizationChange>(
            async transaction =>
            {
                if (
                    await transaction.ScalarAsync<long>(
                        "SELECT COUNT(*) FROM organizations WHERE slug = @Slug AND id <> @Id",
                        new { changed.Slug, changed.Id }
                    ) > 0
                )
                {
                    return new OrganizationChange.SlugTaken();
                }
                await transaction.ExecuteAsync("UPDATE organizations SET name = @Name, slug = @Slug WHERE id = @Id", changed);
                return new OrganizationChange.Done(changed);
            },
            cancellation
        );
    }

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
                email = email.ToLowerInvariant(),
                role = role.Id,
                now,
            }
        );

    sealed record Creator
    {
        public string Email { get; init; } = "";
        public bool IsSuperuser { get; init; }
    }
}
