using System.Globalization;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Members;

sealed record MemberShape
{
    public required string Id { get; init; }
    public required string Email { get; init; }
    public required string Name { get; init; }

    /// <summary>Null while the invitation waits.</summary>
    public required UserShape? User { get; init; }
    public required string OrgRole { get; init; }

    /// <summary>The former name of <see cref="OrgRole"/>, which older clients read.</summary>
    public string Role => OrgRole;
    public required string RoleName { get; init; }
    public required bool Pending { get; init; }
    public required bool Expired { get; init; }
    public required DateTime DateCreated { get; init; }
    public string InviteStatus { get; } = "approved";
    public required string? InviterName { get; init; }

    /// <summary>Slugs.</summary>
    public required IReadOnlyList<string> Teams { get; init; }
    public required IReadOnlyList<MemberTeamRoleShape> TeamRoles { get; init; }

    /// <summary>Only in the answer that made it: afterwards nobody can read it any more.</summary>
    public string? InviteLink { get; init; }

    public static MemberShape Of(MemberSummary member, Uri? inviteLink = null) =>
        new()
        {
            Id = member.Id.ToString(CultureInfo.InvariantCulture),
            Email = member.UserEmail ?? member.Email,
            Name = string.IsNullOrEmpty(member.UserName) ? member.UserEmail ?? member.Email : member.UserName,
            User = PersonOf(member),
            OrgRole = member.Role,
            RoleName = Access.Role.Find(member.Role)?.Name ?? member.Role,
            Pending = member.UserId is null,
            Expired = member.IsExpired,
            DateCreated = Microseconds.ToUtc(member.Created),
            InviterName = member.InviterName,
            Teams = [.. member.Teams.Select(team => team.Slug)],
            TeamRoles =
            [
                .. member.Teams.Select(team => new MemberTeamRoleShape(team.Slug, team.Role ?? TeamRole.Contributor.Id)),
            ],
            InviteLink = inviteLink?.ToString(),
        };

    static UserShape? PersonOf(MemberSummary member) =>
        member.UserId is not { } id
            ? null
            : new()
            {
                Id = id.ToString(CultureInfo.InvariantCulture),
                Name = string.IsNullOrEmpty(member.UserName) ? member.UserEmail! : member.UserName,
                Username = member.UserEmail!,
                Email = member.UserEmail!,
                IsActive = member.UserIsActive ?? true,
                IsSuperuser = member.UserIsSuperuser ?? false,
                HasPasswordAuth = true,
                DateJoined = Microseconds.ToUtc(member.UserCreated ?? 0),
                LastLogin = Microseconds.ToUtc(member.UserLastLogin),
            };
}

sealed record MemberTeamRoleShape(string TeamSlug, string? Role);
