using Tocsin.Server.Access.Teams;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Members;

/// <summary>How a command on a member ended.</summary>
abstract record MemberChange
{
    MemberChange() { }

    public sealed record Done(long MemberId, string? Invite = null) : MemberChange;

    public sealed record AlreadyMember : MemberChange;

    public sealed record LastOwner : MemberChange;

    public sealed record NoSuchTeam(string Slug) : MemberChange;
}

/// <summary>
/// Members and their invitations. An invitation is bound to its address, works once, for a week, and ends with the member's removal;
/// there is never more than one for an address.
/// </summary>
sealed class MemberCommands(MetadataDb db, TimeProvider time)
{
    static readonly long InviteLife = Microseconds.From(TimeSpan.FromDays(7));

    public Task<MemberChange> InviteAsync(
        Tenant tenant,
        string address,
        Role role,
        IReadOnlyList<(string Slug, TeamRole Role)> teams,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            async transaction =>
            {
                // Two spellings of one address are one invitation.
                var email = address.ToLowerInvariant();
                var organization = tenant.Organization.Id;
                var known = await transaction.ScalarAsync<long>(
                    """
                    SELECT COUNT(*) FROM members m LEFT JOIN users u ON u.id = m.user_id
                    WHERE m.organization_id = @organization AND (m.email = @email OR u.normalized_email = @normalized)
                    """,
                    new
                    {
                        organization,
                        email,
                        normalized = EmailAddress.Normalize(email),
                    }
                );
                if (known > 0)
                {
                    return new MemberChange.AlreadyMember();
                }
                var invite = Secret.New();
                var now = Microseconds.Now(time);
                var member = await transaction.ScalarAsync<long>(
                    """
                    INSERT INTO members (organization_id, email, role, created, invited_by, invite_hash, invite_expires)
                    VALUES (@organization, @email, @role, @now, @inviter, @hash, @expires)
                    RETURNING id
                    """,
                    new
                    {
                        organization,
                        email,
                        role = role.Id,
                        now,
                        inviter = tenant.UserId,
                        hash = Secret.Hash(invite),
                        expires = now + InviteLife,
                    }
                );
                return await PutIntoTeamsAsync(transaction, organization, member, teams) is { } slug
                    ? new MemberChange.NoSuchTeam(slug)
                    : new MemberChange.Done(member, invite);
            },
            cancellation
        );

    /// <summary>A new link for an invitation that still waits; the old one ends.</summary>
    public Task<MemberChange> InviteAgainAsync(long memberId, CancellationToken cancellation) =>
        WriteAsync(
            async transaction =>
            {
                var invite = Secret.New();
                var rows = await transaction.ExecuteAsync(
                    "UPDATE members SET invite_hash = @hash, invite_expires = @expires WHERE id = @memberId AND user_id IS NULL",
                    new
                    {
                        memberId,
                        hash = Secret.Hash(invite),
                        expires = Microseconds.Now(time) + InviteLife,
                    }
                );
                return rows == 0 ? new MemberChange.AlreadyMember() : new MemberChange.Done(memberId, invite);
            },
            cancellation
        );

    /// <summary>What is null stays; teams that are given replace all that the member was in.</summary>
    public Task<MemberChange> UpdateAsync(
        MemberSummary member,
        Role? role,
        IReadOnlyList<(string Slug, TeamRole Role)>? teams,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            async transaction =>
            {
                if (role is not null && role != Role.Owner && await IsLastOwnerAsync(transaction, member))
                {
                    return new MemberChange.LastOwner();
                }
                if (role is not null)
                {
                    await transaction.ExecuteAsync(
                        "UPDATE members SET role = @role WHERE id = @member",
                        new { role = role.Id, member = member.Id }
                    );
                }
                if (teams is null)
                {
                    return new MemberChange.Done(member.Id);
                }
                await transaction.ExecuteAsync("DELETE FROM member_teams WHERE member_id = @Id", new { member.Id });
                return await PutIntoTeamsAsync(transaction, member.OrganizationId, member.Id, teams) is { } slug
                    ? new MemberChange.NoSuchTeam(slug)
                    : new MemberChange.Done(member.Id);
            },
            cancellation
        );

    /// <summary>The person keeps the account, and sees nothing of the organisation from the next request on.</summary>
    public Task<MemberChange> RemoveAsync(MemberSummary member, CancellationToken cancellation) =>
        WriteAsync(
            async transaction =>
            {
                if (await IsLastOwnerAsync(transaction, member))
                {
                    return new MemberChange.LastOwner();
                }
                await transaction.ExecuteAsync("DELETE FROM members WHERE id = @Id", new { member.Id });
                return new MemberChange.Done(member.Id);
            },
            cancellation
        );

    // A command that ends in a refusal leaves nothing behind, though it may have begun to write.
    async Task<MemberChange> WriteAsync(Func<MetadataTransaction, Task<MemberChange>> work, CancellationToken cancellation)
    {
        try
        {
            return await db.WriteAsync(
                async transaction =>
                {
                    var change = await work(transaction);
                    return change is MemberChange.Done ? change : throw new Undone(change);
                },
                cancellation
            );
        }
        catch (Undone undone)
        {
            return undone.Change;
        }
    }

    /// <summary>Null: done; otherwise the slug that is no team.</summary>
    static async Task<string?> PutIntoTeamsAsync(
        MetadataTransaction transaction,
        long organization,
        long member,
        IReadOnlyList<(string Slug, TeamRole Role)> teams
    )
    {
        foreach (var (slug, role) in teams)
        {
            var team = await transaction.ScalarAsync<long?>(
                "SELECT id FROM teams WHERE organization_id = @organization AND slug = @slug",
                new { organization, slug }
            );
            if (team is not { } id)
            {
                return slug;
            }
            await TeamCommands.MembershipAsync(transaction, member, id, role);
        }
        return null;
    }

    static async Task<bool> IsLastOwnerAsync(MetadataTransaction transaction, MemberSummary member) =>
        member.Role == Role.Owner.Id
        && member.UserId is not null
        && await transaction.ScalarAsync<long>(
            "SELECT COUNT(*) FROM members WHERE organization_id = @OrganizationId AND role = 'owner' AND user_id IS NOT NULL AND id <> @Id",
            new { member.OrganizationId, member.Id }
        ) == 0;

    sealed class Undone(MemberChange change) : Exception
    {
        public MemberChange Change => change;
    }
}
