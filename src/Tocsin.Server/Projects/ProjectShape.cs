using System.Globalization;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>A project in a list.</summary>
record ProjectShape
{
    public ProjectShape(Project project, Tenant tenant)
    {
        Id = project.Id.ToString(CultureInfo.InvariantCulture);
        Slug = project.Slug;
        Name = project.Name;
        Platform = project.Platform;
        DateCreated = Microseconds.ToUtc(project.Created);
        FirstEvent = Microseconds.ToUtc(project.FirstEvent);
        FirstTransactionEvent = project.FirstTransaction is not null;
        Status = project.Status;
        Access = tenant.Scopes.Names;
        Teams = [.. project.Teams.Select(team => new TeamReference(team))];
    }

    public string Id { get; }
    public string Slug { get; }
    public string Name { get; }
    public string? Platform { get; }
    public DateTime DateCreated { get; }
    public DateTime? FirstEvent { get; }
    public bool FirstTransactionEvent { get; }
    public string Status { get; }
    public IReadOnlyList<string> Features { get; } = [];
    public IReadOnlyList<string> Access { get; }
    public bool HasAccess { get; } = true;

    /// <summary>Membership is open: whoever sees a project takes part in it.</summary>
    public bool IsMember { get; } = true;
    public bool IsBookmarked { get; }
    public bool IsInternal { get; }
    public bool IsPublic { get; }
    public AvatarShape Avatar { get; } = AvatarShape.Letters;
    public IReadOnlyList<TeamReference> Teams { get; }

    /// <summary>The first of the teams, for clients from before there could be several.</summary>
    public TeamReference? Team => Teams.Count > 0 ? Teams[0] : null;
}

sealed record TeamReference(string Id, string Slug, string Name)
{
    public TeamReference(ProjectTeam team)
        : this(team.Id.ToString(CultureInfo.InvariantCulture), team.Slug, team.Name) { }
}

/// <summary>A project alone, with its settings.</summary>
sealed record ProjectDetailShape : ProjectShape
{
    public ProjectDetailShape(Project project, Tenant tenant, Uri server)
        : base(project, tenant)
    {
        var options = ProjectOptions.Parse(project.Options);
        Organization = new(tenant.Organization, server);
        Options = ProjectOptionNames.Write(options);
        AllowedDomains = options.AllowedDomains;
        DataScrubber = options.DataScrubber;
        DataScrubberDefaults = options.DataScrubberDefaults;
        ScrubIPAddresses = options.ScrubIPAddresses;
        SensitiveFields = options.SensitiveFields;
        SafeFields = options.SafeFields;
        ResolveAge = options.ResolveAge;
        FingerprintingRules = options.FingerprintingRules;
        GroupingEnhancements = options.GroupingEnhancements;
        SubjectPrefix = options.SubjectPrefix;
        DigestsMinDelay = options.DigestsMinDelay;
        DigestsMaxDelay = options.DigestsMaxDelay;
        ScrapeJavaScript = options.ScrapeJavaScript;
        VerifySSL = options.VerifySSL;
        SecurityTokenHeader = options.SecurityTokenHeader;
        HighlightTags = options.HighlightTags;
        Quota = options.Quota;
        SamplingRules = options.SamplingRules;
        ApdexThreshold = options.ApdexThreshold;
    }

    public OrganizationShape Organization { get; }

    /// <summary>Settings that Sentry keeps under names of their own, such as <c>filters:releases</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }
    public IReadOnlyList<string> AllowedDomains { get; }
    public bool DataScrubber { get; }
    public bool DataScrubberDefaults { get; }
    public bool ScrubIPAddresses { get; }
    public IReadOnlyList<string> SensitiveFields { get; }
    public IReadOnlyList<string> SafeFields { get; }
    public int ResolveAge { get; }
    public string FingerprintingRules { get; }
    public string GroupingEnhancements { get; }
    public string SubjectPrefix { get; }
    public int DigestsMinDelay { get; }
    public int DigestsMaxDelay { get; }
    public bool ScrapeJavaScript { get; }
    public bool VerifySSL { get; }
    public string? SecurityTokenHeader { get; }
    public IReadOnlyList<SamplingRule> SamplingRules { get; }

    /// <summary>Ours: milliseconds that a run may take to satisfy its user, for apdex and misery.</summary>
    public int ApdexThreshold { get; }
    public IReadOnlyList<string> HighlightTags { get; }

    /// <summary>Ours: a limit for all keys of the project together.</summary>
    public RateLimit? Quota { get; }
}
