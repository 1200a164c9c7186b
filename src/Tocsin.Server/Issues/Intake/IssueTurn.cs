using System.Text.Json;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues.Intake;

/// <summary>
/// A change of status by new events: a resolved issue regresses, an archived one meets its condition. Substatus null: the issue stays
/// archived, only its watch moves on.
/// </summary>
sealed record IssueTurn(IssueTally Tally, PreparedItem Cause, string? Substatus, ArchiveWatch? Watch = null)
{
    public IssueChangeKind? Kind =>
        Substatus switch
        {
            null => null,
            IssueStatus.Regressed => IssueChangeKind.Regressed,
            _ => IssueChangeKind.Escalated,
        };

    public string Activity =>
        Substatus switch
        {
            IssueStatus.Regressed => "set_regression",
            IssueStatus.Escalating => "set_escalating",
            _ => "auto_set_ongoing",
        };

    public static async Task<IReadOnlyList<IssueTurn>> DecideAsync(
        MetadataTransaction transaction,
        IReadOnlyList<IssueTally> tallies,
        CancellationToken cancellation
    )
    {
        var resolved = tallies.Where(tally => tally.Before?.Status == IssueStatus.Resolved).ToList();
        var releases = await ReleasesAsync(transaction, resolved, cancellation);
        return
        [
            .. resolved.Select(tally => Regress(tally, releases)).OfType<IssueTurn>(),
            .. tallies.Where(tally => tally.Before?.Status == IssueStatus.Ignored).Select(Watched),
        ];
    }

    static IssueTurn? Regress(IssueTally tally, ILookup<long, (string Version, long FirstSeen)> releases)
    {
        var details = StatusDetails.Parse(tally.Before!.StatusDetails);
        var known = releases[tally.Project.Id].ToDictionary(release => release.Version, release => release.FirstSeen);
        var cause = tally.Items.FirstOrDefault(item =>
            Regression.Reopens(details, tally.Before.StatusChanged, item.Sighting!.Release, known)
        );
        return cause is null ? null : new(tally, cause, IssueStatus.Regressed);
    }

    static IssueTurn Watched(IssueTally tally)
    {
        var before = tally.Before!;
        var details = StatusDetails.Parse(before.StatusDetails);
        var last = tally.Items[^1];
        var now = last.Context.Receipt.Received;
        var watch = Issues.ArchiveWatch.Of(before).Roll(before, details, now);
        var ends = watch.Ends(before, details, before.TimesSeen + tally.Items.Count, before.UserCount + tally.NewUsers, now);
        return new(tally, last, ends, watch);
    }

    /// <summary>Read only where an issue was resolved in or after a release, which is rare.</summary>
    static async Task<ILookup<long, (string Version, long FirstSeen)>> ReleasesAsync(
        MetadataTransaction transaction,
        IReadOnlyList<IssueTally> resolved,
        CancellationToken cancellation
    )
    {
        var projects = new ValueRows();
        var bound = resolved.Where(tally => StatusDetails.Parse(tally.Before!.StatusDetails).IsReleaseBound);
        foreach (var project in bound.Select(tally => tally.Project.Id).Distinct())
        {
            projects.Add(project);
        }
        var releases = await projects.QueryAsync(
            transaction,
            """
            WITH wanted (project_id) AS (VALUES {rows})
            SELECT r.project_id, r.version, r.first_seen FROM wanted JOIN project_releases r ON r.project_id = wanted.project_id
            """,
            row => (Project: row.GetInt64(0), Version: row.GetString(1), FirstSeen: row.GetInt64(2)),
            cancellation
        );
        return releases.ToLookup(release => release.Project, release => (release.Version, release.FirstSeen));
    }

    public string ActivityNote() =>
        Substatus == IssueStatus.Regressed
            ? JsonSerializer.Serialize(
                new RegressionNote((Cause.EventId ?? default).ToString(), Cause.Sighting!.Release),
                IssueJson.Default.RegressionNote
            )
            : "{}";
}
