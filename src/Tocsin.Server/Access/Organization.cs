namespace Tocsin.Server.Access;

sealed record Organization
{
    public long Id { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public long Created { get; init; }
}

sealed record Team
{
    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public long Created { get; init; }
}

/// <summary>A user's place in an organisation, or an invitation to it that nobody has taken yet (no user).</summary>
sealed record Member
{
    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public long? UserId { get; init; }
    public string Email { get; init; } = "";
    public string Role { get; init; } = "";
    public long Created { get; init; }
    public long? InviteExpires { get; init; }
}
