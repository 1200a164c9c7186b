namespace Tocsin.Server.Projects;

/// <summary>A project as its pages show it; what the path of an event needs is in <see cref="ProjectSnapshot"/>.</summary>
sealed record Project
{
    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Platform { get; init; }
    public string Status { get; init; } = ProjectStatus.Active;
    public long Created { get; init; }
    public long? FirstEvent { get; init; }
    public long? FirstTransaction { get; init; }
    public string Options { get; init; } = "{}";
    public IReadOnlyList<ProjectTeam> Teams { get; init; } = [];
}

sealed record ProjectTeam(long Id, string Slug, string Name);

sealed record ProjectKey
{
    public long Id { get; init; }
    public long ProjectId { get; init; }
    public string Label { get; init; } = "";
    public string PublicKey { get; init; } = "";
    public string SecretKey { get; init; } = "";
    public bool IsActive { get; init; }
    public long? RateLimitCount { get; init; }
    public long? RateLimitWindow { get; init; }
    public long Created { get; init; }

    public RateLimit? Limit => RateLimit.FromColumns(RateLimitCount, RateLimitWindow);
}

sealed record ProjectEnvironment
{
    public long ProjectId { get; init; }
    public string Name { get; init; } = "";
    public long FirstSeen { get; init; }
    public bool IsHidden { get; init; }
}
