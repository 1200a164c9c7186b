using System.Globalization;
using System.Text.Json;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Releases;

/// <summary>Sentry's release object. NewGroups: issues that began with it.</summary>
sealed record ReleaseShape
{
    public required long Id { get; init; }
    public required string Version { get; init; }
    public required string ShortVersion { get; init; }
    public required VersionShape VersionInfo { get; init; }
    public required string Status { get; init; }
    public string? Ref { get; init; }
    public string? Url { get; init; }
    public required DateTime DateCreated { get; init; }
    public DateTime? DateStarted { get; init; }
    public DateTime? DateReleased { get; init; }
    public DateTime? FirstEvent { get; init; }
    public DateTime? LastEvent { get; init; }
    public required int NewGroups { get; init; }
    public required int CommitCount { get; init; }
    public CommitShape? LastCommit { get; init; }
    public required int DeployCount { get; init; }
    public DeployShape? LastDeploy { get; init; }
    public required IReadOnlyList<CommitAuthor> Authors { get; init; }
    public required IReadOnlyList<ReleaseProjectShape> Projects { get; init; }
}

/// <summary>Package: null when the name has none.</summary>
sealed record VersionShape(string? Package, VersionParts Version, string Description, string? BuildHash)
{
    public static VersionShape Of(string version)
    {
        var at = version.LastIndexOf('@');
        var raw = version[(at + 1)..];
        var parsed = ReleaseVersion.Parse(version);
        var hash = parsed is null && raw.Length is 40 or 32 && raw.All(char.IsAsciiHexDigit) ? raw : parsed?.Build;
        return new(
            at > 0 ? version[..at] : null,
            new(raw, parsed?.Numbers[0], parsed?.Numbers[1], parsed?.Numbers[2], parsed?.Prerelease, parsed?.Build),
            Describe(raw, parsed),
            hash
        );
    }

    static string Describe(string raw, ReleaseVersion? parsed) =>
        parsed is { Build: { } build } ? $"{raw[..^(build.Length + 1)]} ({build})"
        : parsed is null && raw.Length is 40 or 32 && raw.All(char.IsAsciiHexDigit) ? raw[..12]
        : raw;
}

sealed record VersionParts(string Raw, long? Major, long? Minor, long? Patch, string? Pre, string? BuildCode);

sealed record ReleaseProjectShape(string Id, string Slug, string Name, string? Platform, int NewGroups)
{
    public static ReleaseProjectShape Of(ReleaseProject project) =>
        new(
            project.ProjectId.ToString(CultureInfo.InvariantCulture),
            project.Slug,
            project.Name,
            project.Platform,
            project.NewIssues
        );
}

sealed record DeployShape(
    string Id,
    string Environment,
    string? Name,
    string? Url,
    DateTime? DateStarted,
    DateTime DateFinished,
    IReadOnlyList<string> Projects
)
{
    public static DeployShape Of(Deploy deploy, IEnumerable<ReleaseProject> ofRelease)
    {
        var ids = JsonSerializer.Deserialize<long[]>(deploy.Projects) ?? [];
        return new(
            deploy.Id.ToString(CultureInfo.InvariantCulture),
            deploy.Environment,
            deploy.Name,
            deploy.Url,
            Microseconds.ToUtc(deploy.Started),
            Microseconds.ToUtc(deploy.Finished),
            [.. ofRelease.Where(project => ids.Length == 0 || ids.Contains(project.ProjectId)).Select(project => project.Slug)]
        );
    }
}

sealed record CommitAuthor(string? Name, string? Email);

sealed record CommitShape(
    string Id,
    string? Message,
    DateTime DateCreated,
    CommitAuthor Author,
    CommitRepository? Repository,
    JsonElement PatchSet
)
{
    public static CommitShape Of(Commit commit) =>
        new(
            commit.Key,
            commit.Message,
            Microseconds.ToUtc(commit.Created),
            new(commit.AuthorName, commit.AuthorEmail),
            commit.Repository is { } name ? new(name) : null,
            JsonElement.Parse(commit.PatchSet)
        );
}

sealed record CommitRepository(string Name);
