namespace Tocsin.Server.Issues;

/// <summary>What the caller may see: projects of one organisation. The gate decided it; no query of this room goes past it.</summary>
sealed record IssueScope(long OrganizationId, string OrganizationSlug, IReadOnlyList<long> Projects, long? UserId);
