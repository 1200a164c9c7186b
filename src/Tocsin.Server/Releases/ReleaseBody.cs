using System.Text.Json;
using System.Text.Json.Serialization;
using Tocsin.Protocol;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Releases;

/// <summary>What a client says of a release. Projects: slugs or ids. Dates: ISO 8601, UTC when no zone is given.</summary>
sealed record ReleaseBody
{
    const int MaxCommits = 1_000;

    public string? Version { get; init; }
    public IReadOnlyList<JsonElement>? Projects { get; init; }
    public string? Ref { get; init; }
    public string? Url { get; init; }
    public string? Status { get; init; }
    public string? DateStarted { get; init; }
    public string? DateReleased { get; init; }
    public IReadOnlyList<CommitBody>? Commits { get; init; }
    public IReadOnlyList<CommitRange>? Refs { get; init; }
    public IReadOnlyList<CommitRange>? HeadCommits { get; init; }

    internal string TrimmedVersion => Version?.Trim() ?? "";

    internal ReleaseChange ToChange(long now) =>
        new()
        {
            Status = Status,
            Ref = Ref,
            Url = string.IsNullOrWhiteSpace(Url) ? null : Url,
            Started = Moment(DateStarted),
            Released = Moment(DateReleased),
            Commits =
                Commits is not null ? [.. Commits.Select(commit => commit.ToCommit(now))]
                : (Refs ?? HeadCommits) is { Count: > 0 } heads ? [.. heads.Select(head => head.ToCommit(now))]
                : null,
        };

    /// <summary>As for the events that name it: a release that no event could have would stay empty for ever.</summary>
    internal static ApiError? VersionProblem(string version) =>
        version.Length == 0 ? ApiError.Field("version", "This field is required.")
        : version.Length > LegalNames.LongestRelease
            ? ApiError.Field("version", $"Ensure this field has no more than {LegalNames.LongestRelease} characters.")
        : LegalNames.ReleaseFault(version) is { } fault ? ApiError.Field("version", $"No release is called so: {fault}.")
        : null;

    internal ApiError? Problem =>
        Status is not (null or Release.Open or Release.Archived) ? ApiError.Field("status", "Must be open or archived.")
        : DateStarted is not null && Moment(DateStarted) is null ? ApiError.Field("dateStarted", NoDate)
        : DateReleased is not null && Moment(DateReleased) is null ? ApiError.Field("dateReleased", NoDate)
        : Commits?.Count > MaxCommits ? ApiError.Field("commits", $"At most {MaxCommits} commits.")
        : Commits?.Any(commit => string.IsNullOrWhiteSpace(commit.Id)) == true
            ? ApiError.Field("commits", "Every commit needs an id.")
        : (Refs ?? HeadCommits)?.Any(head => string.IsNullOrWhiteSpace(head.Commit)) == true
            ? ApiError.Field("refs", "Every ref needs a commit.")
        : null;

    internal const string NoDate = "A date and time as in 2026-11-20T18:24:40Z is expected.";

    internal static long? Moment(string? text) => Timestamp.TryParse(text, out var time) ? Microseconds.From(time) : null;

    /// <summary>Null: one of them is none of the organisation's.</summary>
    internal static IReadOnlyList<ProjectSnapshot>? Find(IReadOnlyList<ProjectSnapshot> all, IReadOnlyList<JsonElement>? named) =>
        ProjectSelection.Find(all, (named ?? []).Select(name => name.ToString()));
}

/// <summary>
/// The head of a repository. Which commits lie between the previous one and it only the repository could tell; the head itself is kept.
/// </summary>
sealed record CommitRange(string? Repository, string? Commit, string? PreviousCommit)
{
    internal Commit ToCommit(long now) =>
        new()
        {
            Key = Commit!,
            Repository = Repository,
            Created = now,
        };
}

/// <summary>Sentry writes commits in snake case.</summary>
sealed record CommitBody
{
    public string Id { get; init; } = "";
    public string? Repository { get; init; }

    [JsonPropertyName("author_name")]
    public string? AuthorName { get; init; }

    [JsonPropertyName("author_email")]
    public string? AuthorEmail { get; init; }
    public string? Message { get; init; }
    public string? Timestamp { get; init; }

    [JsonPropertyName("patch_set")]
    public JsonElement? PatchSet { get; init; }

    internal Commit ToCommit(long now) =>
        new()
        {
            Key = Id,
            Repository = Repository,
            AuthorName = AuthorName,
            AuthorEmail = AuthorEmail,
            Message = Message,
            Created = ReleaseBody.Moment(Timestamp) ?? now,
            PatchSet = PatchSet is { ValueKind: JsonValueKind.Array } set ? set.GetRawText() : "[]",
        };
}
