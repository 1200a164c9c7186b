using System.Data.Common;
using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Members;

sealed class MemberQueries(MetadataDb db, TimeProvider time)
{
    public async Task<IReadOnlyList<MemberSummary>> ListAsync(
        long organizationId,
        MemberFilter filter,
        CancellationToken cancellation
    )
    {
        var parameters = new DynamicParameters(
            new
            {
                organizationId,
                filter.MemberId,
                filter.TeamId,
                pattern = Like.Containing(filter.Query),
                pending = filter.IsInvited is { } isInvited
                    ? isInvited
                        ? 1
                        : 0
                    : (int?)null,
            }
        );
        var asked = new List<string>();
        if (filter.Emails.Count > 0)
        {
            var emails = SqlList.Of(filter.Emails, parameters, "email");
            asked.Add($"(LOWER(m.email) IN {emails} OR LOWER(u.email) IN {emails})");
        }
        if (filter.Roles.Count > 0)
        {
            asked.Add($"m.role IN {SqlList.Of(filter.Roles, parameters, "role")}");
        }
        await using var connection = await db.OpenAsync(cancellation);
        var members = await connection.QueryAsync<MemberSummary>(
            $"""
            SELECT m.id, m.organization_id, m.user_id, m.email, m.role, m.created, m.invite_expires, u.name AS user_name,
                u.email AS user_email, u.created AS user_created, u.last_login AS user_last_login, u.is_active AS user_is_active,
                u.is_superuser AS user_is_superuser, i.name AS inviter_name
            FROM members m LEFT JOIN users u ON u.id = m.user_id LEFT JOIN users i ON i.id = m.invited_by
            WHERE m.organization_id = @organizationId
                AND (@MemberId IS NULL OR m.id = @MemberId)
                AND (@TeamId IS NULL OR EXISTS (SELECT 1 FROM member_teams t WHERE t.member_id = m.id AND t.team_id = @TeamId))
                AND (@pattern IS NULL OR LOWER(m.email) LIKE @pattern ESCAPE '\' OR LOWER(u.name) LIKE @pattern ESCAPE '\')
                AND (@pending IS NULL OR (CASE WHEN m.user_id IS NULL THEN 1 ELSE 0 END) = @pending)
                {string.Concat(asked.Select(condition => $"AND {condition} "))}
            ORDER BY m.email, m.id
            """,
            parameters
        );
        return await WithTeamsAsync(connection, members.AsList(), Microseconds.Now(time));
    }

    /// <summary>Null: the organisation has no such member.</summary>
    public async Task<MemberSummary?> GetAsync(long organizationId, long memberId, CancellationToken cancellation) =>
        await ListAsync(organizationId, new() { MemberId = memberId }, cancellation) is [var member] ? member : null;

    static async Task<IReadOnlyList<MemberSummary>> WithTeamsAsync(
        DbConnection connection,
        IReadOnlyList<MemberSummary> members,
        long now
    )
    {
        var teams = await connection.QueryAsync<(long Member, string Slug, string? Role)>(
            $"""
            SELECT mt.member_id, t.slug, mt.role FROM member_teams mt JOIN teams t ON t.id = mt.team_id
            WHERE mt.member_id IN {SqlList.Of(members.Select(member => member.Id))} ORDER BY t.slug
            """
        );
        var ofMember = teams.ToLookup(team => team.Member, team => new MemberTeam(team.Slug, team.Role));
        return
        [
            .. members.Select(member =>
                member with
                {
                    Teams = [.. ofMember[member.Id]],
                    IsExpired = member.UserId is null && member.InviteExpires <= now,
                }
            ),
        ];
    }
}

/// <summary>What is null does not narrow the list.</summary>
sealed record MemberFilter
{
    public long? MemberId { get; init; }
    public long? TeamId { get; init; }

    /// <summary>A part of the address or the name.</summary>
    public string? Query { get; init; }

    /// <summary>In small letters; one of them.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>The ids of roles; one of them.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether the invitation is still open.</summary>
    public bool? IsInvited { get; init; }
}

/// <summary>A member with the person behind it, if the invitation was taken.</summary>
sealed record MemberSummary
{
    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public long? UserId { get; init; }
    public string Email { get; init; } = "";
    public string Role { get; init; } = "";
    public long Created { get; init; }
    public long? InviteExpires { get; init; }
    public string? UserName { get; init; }
    public string? UserEmail { get; init; }
    public long? UserCreated { get; init; }
    public long? UserLastLogin { get; init; }
    public bool? UserIsActive { get; init; }
    public bool? UserIsSuperuser { get; init; }
    public string? InviterName { get; init; }
    public IReadOnlyList<MemberTeam> Teams { get; init; } = [];
    public bool IsExpired { get; init; }
}

/// <summary>Role null: from before teams had roles, a contributor.</summary>
sealed record MemberTeam(string Slug, string? Role);
