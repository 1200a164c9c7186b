namespace Tocsin.Server.Access;

/// <summary>What a caller may do, by Sentry's names. The higher scope of a family holds the lower ones.</summary>
readonly record struct Scope(string Name)
{
    public static Scope OrgRead { get; } = new("org:read");
    public static Scope OrgWrite { get; } = new("org:write");
    public static Scope OrgAdmin { get; } = new("org:admin");
    public static Scope OrgCi { get; } = new("org:ci");
    public static Scope OrgIntegrations { get; } = new("org:integrations");
    public static Scope ProjectRead { get; } = new("project:read");
    public static Scope ProjectWrite { get; } = new("project:write");
    public static Scope ProjectAdmin { get; } = new("project:admin");
    public static Scope ProjectReleases { get; } = new("project:releases");
    public static Scope TeamRead { get; } = new("team:read");
    public static Scope TeamWrite { get; } = new("team:write");
    public static Scope TeamAdmin { get; } = new("team:admin");
    public static Scope MemberRead { get; } = new("member:read");
    public static Scope MemberWrite { get; } = new("member:write");
    public static Scope MemberAdmin { get; } = new("member:admin");
    public static Scope EventRead { get; } = new("event:read");
    public static Scope EventWrite { get; } = new("event:write");
    public static Scope EventAdmin { get; } = new("event:admin");
    public static Scope AlertsRead { get; } = new("alerts:read");
    public static Scope AlertsWrite { get; } = new("alerts:write");

    /// <summary>To read releases, which Sentry lets either do: who publishes them looks at them first. No scope that anybody is given alone.</summary>
    public static Scope ReleaseRead { get; } = new("project:read or project:releases");

    public static IReadOnlyList<Scope> All { get; } =
    [
        OrgRead,
        OrgWrite,
        OrgAdmin,
        OrgCi,
        OrgIntegrations,
        ProjectRead,
        ProjectWrite,
        ProjectAdmin,
        ProjectReleases,
        TeamRead,
        TeamWrite,
        TeamAdmin,
        MemberRead,
        MemberWrite,
        MemberAdmin,
        EventRead,
        EventWrite,
        EventAdmin,
        AlertsRead,
        AlertsWrite,
    ];

    /// <summary>Null: no scope of this product. <c>project:distribution</c> and others that Sentry knows are among them.</summary>
    public static Scope? Find(string name) =>
        All.FirstOrDefault(scope => scope.Name == name) is { Name: not null } known ? known : null;

    /// <summary>What whoever holds this scope may do beside it.</summary>
    public IReadOnlyList<Scope> Includes =>
        Name switch
        {
            "org:write" => [OrgRead],
            "org:admin" => [OrgRead, OrgWrite],
            // Build servers publish releases and upload files with it, and do nothing else.
            "org:ci" => [ProjectReleases, ReleaseRead],
            "project:read" or "project:releases" => [ReleaseRead],
            "project:write" => [ProjectRead, ProjectReleases, ReleaseRead],
            "project:admin" => [ProjectRead, ProjectWrite, ProjectReleases, ReleaseRead],
            "team:write" => [TeamRead],
            "team:admin" => [TeamRead, TeamWrite],
            "member:write" => [MemberRead],
            "member:admin" => [MemberRead, MemberWrite],
            "event:write" => [EventRead],
            "event:admin" => [EventRead, EventWrite],
            "alerts:write" => [AlertsRead],
            _ => [],
        };

    public override string ToString() => Name;
}
