using System.Globalization;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access.Teams;

record TeamShape
{
    public TeamShape(TeamSummary team, Tenant tenant)
    {
        Id = team.Id.ToString(CultureInfo.InvariantCulture);
        Slug = team.Slug;
        Name = team.Name;
        DateCreated = Microseconds.ToUtc(team.Created);
        MemberCount = (int)team.MemberCount;
        IsMember = team.OwnRole is not null;
        TeamRole = team.OwnRole;
        Access = tenant.Scopes.Names;
    }

    public string Id { get; }
    public string Slug { get; }
    public string Name { get; }
    public DateTime DateCreated { get; }
    public int MemberCount { get; }

    /// <summary>Whether the caller is in it, and as what.</summary>
    public bool IsMember { get; }
    public string? TeamRole { get; }
    public IReadOnlyList<string> Access { get; }
    public bool HasAccess { get; } = true;
    public bool IsPending { get; }
    public AvatarShape Avatar { get; } = AvatarShape.Letters;
}

/// <summary>A team in the organisation's list, with its projects.</summary>
sealed record TeamWithProjectsShape : TeamShape
{
    public TeamWithProjectsShape(TeamSummary team, Tenant tenant, IReadOnlyList<ProjectShape> projects)
        : base(team, tenant) => Projects = projects;

    public IReadOnlyList<ProjectShape> Projects { get; }
    public IReadOnlyList<string> ExternalTeams { get; } = [];
}

/// <summary>A team alone.</summary>
sealed record TeamDetailShape : TeamShape
{
    public TeamDetailShape(TeamSummary team, Tenant tenant, Uri server)
        : base(team, tenant) => Organization = new(tenant.Organization, server);

    public OrganizationShape Organization { get; }
    public IReadOnlyList<string> ExternalTeams { get; } = [];
}
