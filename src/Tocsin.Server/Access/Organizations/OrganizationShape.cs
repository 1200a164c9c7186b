using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Organizations;

/// <summary>An organisation in a list.</summary>
sealed record OrganizationShape
{
    public required string Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required DateTime DateCreated { get; init; }
    public StatusShape Status { get; init; } = new("active", "active");
    public bool IsEarlyAdopter { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("require2FA")]
    public bool Require2Fa { get; init; }
    public bool RequireEmailVerification { get; init; }
    public bool AllowMemberInvite { get; init; }
    public AvatarShape Avatar { get; init; } = new("letter_avatar", null);
    public IReadOnlyList<string> Features { get; init; } = OrganizationFeatures.All;
    public required LinksShape Links { get; init; }

    public static OrganizationShape Of(Organization organization, Uri server) =>
        new()
        {
            Id = organization.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Slug = organization.Slug,
            Name = organization.Name,
            DateCreated = Microseconds.ToUtc(organization.Created),
            Links = LinksShape.Of(server),
        };
}

/// <summary>An organisation alone, with its roles and what the caller may do in it.</summary>
sealed record OrganizationDetailShape
{
    public required string Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required DateTime DateCreated { get; init; }
    public StatusShape Status { get; init; } = new("active", "active");
    public bool IsEarlyAdopter { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("require2FA")]
    public bool Require2Fa { get; init; }
    public bool RequireEmailVerification { get; init; }
    public bool AllowMemberInvite { get; init; }
    public AvatarShape Avatar { get; init; } = new("letter_avatar", null);
    public IReadOnlyList<string> Features { get; init; } = OrganizationFeatures.All;
    public required LinksShape Links { get; init; }
    public required IReadOnlyList<string> Access { get; init; }

    /// <summary>The caller's role; null for a token of the organisation.</summary>
    public required string? Role { get; init; }
    public required IReadOnlyList<RoleShape> OrgRoleList { get; init; }
    public required IReadOnlyList<TeamRoleShape> TeamRoleList { get; init; }
    public string DefaultRole { get; init; } = Tocsin.Server.Access.Role.Member.Id;
    public bool OpenMembership { get; init; } = true;
    public bool AllowSharedIssues { get; init; }
    public bool EnhancedPrivacy { get; init; }
    public bool DataScrubber { get; init; }
    public bool DataScrubberDefaults { get; init; }
    public bool ScrubIPAddresses { get; init; }
    public IReadOnlyList<string> SensitiveFields { get; init; } = [];
    public IReadOnlyList<string> SafeFields { get; init; } = [];
    public bool IsDefault { get; init; }
    public int PendingAccessRequests { get; init; }
}

sealed record StatusShape(string Id, string Name);

sealed record AvatarShape(string AvatarType, string? AvatarUuid);

sealed record LinksShape(string OrganizationUrl, string RegionUrl)
{
    public static LinksShape Of(Uri server)
    {
        var url = server.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new(url, url);
    }
}

/// <summary>Allowed: whether the caller may give this role to others.</summary>
sealed record RoleShape
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Desc { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required bool IsAllowed { get; init; }
    public bool IsRetired { get; init; }
    public bool IsGlobal { get; init; }
    public bool IsTeamRolesAllowed { get; init; } = true;

    public string MinimumTeamRole { get; init; } = TeamRole.Contributor.Id;
}

sealed record TeamRoleShape
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Desc { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required bool IsAllowed { get; init; }
    public bool IsRetired { get; init; }
    public bool IsTeamRolesAllowed { get; init; } = true;
    public required bool IsMinimumRole { get; init; }
    public string? IsMinimumRoleFor { get; init; }
}

/// <summary>Sentry's clients switch parts of theirs on and off by these names; only what works here is named.</summary>
static class OrganizationFeatures
{
    public static IReadOnlyList<string> All { get; } = ["open-membership", "team-roles"];
}
