using System.Globalization;
using System.Text.Json.Serialization;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Organizations;

/// <summary>An organisation in a list.</summary>
record OrganizationShape
{
    public OrganizationShape(Organization organization, Uri server)
    {
        Id = organization.Id.ToString(CultureInfo.InvariantCulture);
        Slug = organization.Slug;
        Name = organization.Name;
        DateCreated = Microseconds.ToUtc(organization.Created);
        var url = ServerOptions.AddressOf(server);
        Links = new(url, url);
    }

    public string Id { get; }
    public string Slug { get; }
    public string Name { get; }
    public DateTime DateCreated { get; }
    public StatusShape Status { get; } = new("active", "active");
    public bool IsEarlyAdopter { get; }

    [JsonPropertyName("require2FA")]
    public bool RequiresSecondFactor { get; }
    public bool RequireEmailVerification { get; }
    public AvatarShape Avatar { get; } = AvatarShape.Letters;

    /// <summary>Sentry's clients switch parts of theirs on by these names; only what works here is named.</summary>
    public IReadOnlyList<string> Features { get; } = ["open-membership", "team-roles"];
    public OrganizationLinks Links { get; }
}

/// <summary>An organisation alone, with its roles and what the caller may do in it.</summary>
sealed record OrganizationDetailShape : OrganizationShape
{
    public OrganizationDetailShape(Tenant tenant, Uri server)
        : base(tenant.Organization, server)
    {
        Access = tenant.Scopes.Names;
        Role = tenant.Member?.Role;
        OrgRoleList = RolesShape.Roles(tenant);
        TeamRoleList = RolesShape.TeamRoles(tenant);
    }

    public IReadOnlyList<string> Access { get; }

    /// <summary>The caller's role; null for a token of the organisation.</summary>
    public string? Role { get; }
    public IReadOnlyList<RoleShape> OrgRoleList { get; }
    public IReadOnlyList<TeamRoleShape> TeamRoleList { get; }
    public string DefaultRole { get; } = Tocsin.Server.Access.Role.Member.Id;
    public bool OpenMembership { get; } = true;
    public bool AllowMemberInvite { get; }
    public bool AllowSharedIssues { get; }
    public bool EnhancedPrivacy { get; }
    public bool IsDefault { get; }
    public int PendingAccessRequests { get; }
}

sealed record StatusShape(string Id, string Name);

sealed record AvatarShape(string AvatarType, string? AvatarUuid)
{
    public static AvatarShape Letters { get; } = new("letter_avatar", null);
}

sealed record OrganizationLinks(string OrganizationUrl, string RegionUrl);
