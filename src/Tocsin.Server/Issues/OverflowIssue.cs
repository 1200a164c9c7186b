using Dapper;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>
/// The one issue of a project that holds the events which would have begun more new issues than <see cref="IssueOptions"/> allows in an hour.
/// It always looks the same, whatever lies in it. Its events keep their hashes free: when there is room again, the next event of their kind
/// begins an issue of its own.
/// </summary>
sealed class OverflowIssue(MetadataDb metadata, IssueOptions options)
{
    public const string Title = "More new issues than allowed in an hour";

    /// <summary>What the issue shows instead of what its newest event does.</summary>
    public static IssueSighting Dress(IssueSighting sighting) =>
        sighting with
        {
            Type = "default",
            Title = Title,
            Culprit = "",
            Metadata = $$"""{"title":"{{Title}}"}""",
            Level = "error",
            Platform = "other",
            Logger = null,
            Priority = "high",
        };

    /// <summary>Why an event lies in this issue instead of one of its own, for people; null: the issue is no overflow issue.</summary>
    public async Task<string?> ReasonAsync(long issueId, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var overflow = await connection.ExecuteScalarAsync<long?>(
            new("SELECT is_overflow FROM issues WHERE id = @issueId", new { issueId }, cancellationToken: cancellation)
        );
        return overflow == 1 ? Reason(options.NewPerHour) : null;
    }

    static string Reason(int? limit) =>
        "This event would have begun an issue of its own, but within that hour as many had begun in this project as the server allows "
        + $"(setting {Setting.NewIssues.Variable}, now {(limit is { } count ? $"{count}" : "without bound")}). It is stored and counted here. "
        + "When there is room again, the next event of its kind begins its own issue.";
}
