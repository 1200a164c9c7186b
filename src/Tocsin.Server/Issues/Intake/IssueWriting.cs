using System.Text.Json;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues.Intake;

/// <summary>The statements that create and change issues for a batch of events.</summary>
static class IssueWriting
{
    public static async Task CreateAsync(
        MetadataTransaction transaction,
        IEnumerable<IssueTally> tallies,
        CancellationToken cancellation
    )
    {
        var created = tallies.ToList();
        if (created.Count == 0)
        {
            return;
        }
        await NumberAsync(transaction, created, cancellation);
        var rows = new ValueRows();
        foreach (var tally in created)
        {
            var (first, last) = (tally.Items[0], tally.LooksOf(tally.Latest));
            rows.Add(
                tally.Project.Id,
                tally.ShortId,
                IssueStatus.Unresolved,
                IssueStatus.New,
                first.Context.Receipt.Received,
                last.Priority,
                last.Type,
                last.Title,
                last.Culprit,
                last.Metadata,
                last.Level,
                last.Platform,
                last.Logger,
                tally.Earliest.Timestamp,
                tally.Latest.Timestamp,
                ReleaseOf(tally.Items.OrderBy(item => item.Timestamp)),
                ReleaseOf(tally.Items.OrderByDescending(item => item.Timestamp)),
                tally.IsOverflow
            );
        }
        var ids = await rows.QueryAsync(
            transaction,
            """
            INSERT INTO issues (project_id, short_id, status, substatus, status_changed, priority, type, title, culprit, metadata, level,
                platform, logger, first_seen, last_seen, first_release, last_release, is_overflow)
            VALUES {rows} RETURNING id, project_id, short_id
            """,
            row => (Id: row.GetInt64(0), Key: (row.GetInt64(1), row.GetInt64(2))),
            cancellation
        );
        var byShortId = ids.ToDictionary(id => id.Key, id => id.Id);
        foreach (var tally in created)
        {
            tally.Id = byShortId[(tally.Project.Id, tally.ShortId)];
        }
        await NoteAsync(
            transaction,
            created.Select(tally => (tally.Id, IssueActivity.FirstSeen, "{}", tally.Items[0])),
            cancellation
        );
    }

    /// <summary>Counts and times; the looks follow the newest event, and are written only where they differ.</summary>
    public static async Task CountAsync(
        MetadataTransaction transaction,
        IReadOnlyList<IssueTally> tallies,
        CancellationToken cancellation
    )
    {
        var counts = new ValueRows();
        var firsts = new ValueRows();
        var looks = new ValueRows();
        var environments = new ValueRows();
        foreach (var tally in tallies)
        {
            var (earliest, latest, before) = (tally.Earliest, tally.Latest, tally.Before);
            counts.Add(
                tally.Id,
                tally.Items.Count,
                tally.NewUsers,
                tally.IsNewest,
                latest.Timestamp,
                latest.EventId?.High ?? 0,
                latest.EventId?.Low ?? 0,
                latest.Sighting!.IsUnhandled,
                before?.Merges ?? 0
            );
            // Apart, because an index on the first time would be written anew with every count.
            if (tally.IsOldest)
            {
                firsts.Add(tally.Id, earliest.Timestamp, earliest.EventId?.High ?? 0, earliest.EventId?.Low ?? 0);
            }
            if (before is not null)
            {
                AddLooks(looks, tally, before, tally.LooksOf(latest));
            }
            foreach (
                var group in tally
                    .Items.Where(item => item.Sighting!.Environment is not null)
                    .GroupBy(item => (item.IssueId, Environment: item.Sighting!.Environment!))
            )
            {
                environments.Add(
                    group.Key.IssueId,
                    group.Key.Environment,
                    group.Min(item => item.Timestamp),
                    group.Max(item => item.Timestamp),
                    group.Count()
                );
            }
        }
        var counted = await counts.ExecuteAsync(
            transaction,
            """
            WITH seen (s_id, s_times, s_users, s_newest, s_last, s_last_high, s_last_low, s_unhandled, s_merges) AS (VALUES {rows})
            UPDATE issues SET
                times_seen = times_seen + s_times,
                user_count = user_count + s_users,
                last_seen = CASE WHEN s_newest = 1 THEN s_last ELSE last_seen END,
                last_event_high = CASE WHEN s_newest = 1 THEN s_last_high ELSE last_event_high END,
                last_event_low = CASE WHEN s_newest = 1 THEN s_last_low ELSE last_event_low END,
                is_unhandled = CASE WHEN s_newest = 1 THEN s_unhandled ELSE is_unhandled END
            FROM seen WHERE issues.id = s_id AND issues.merges = s_merges
            """,
            cancellation
        );
        if (counted != counts.Count)
        {
            throw new StaleBatchException("An issue was merged, unmerged or deleted meanwhile.");
        }
        await firsts.ExecuteAsync(
            transaction,
            """
            WITH earliest (s_id, s_first, s_first_high, s_first_low) AS (VALUES {rows})
            UPDATE issues SET first_seen = s_first, first_event_high = s_first_high, first_event_low = s_first_low
            FROM earliest WHERE issues.id = s_id
            """,
            cancellation
        );
        await looks.ExecuteAsync(
            transaction,
            """
            WITH shown (s_id, s_type, s_title, s_culprit, s_metadata, s_level, s_platform, s_logger, s_first_release, s_last_release)
                AS (VALUES {rows})
            UPDATE issues SET type = s_type, title = s_title, culprit = s_culprit, metadata = s_metadata, level = s_level,
                platform = s_platform, logger = s_logger, first_release = s_first_release, last_release = s_last_release
            FROM shown WHERE issues.id = s_id
            """,
            cancellation
        );
        await environments.ExecuteAsync(
            transaction,
            """
            INSERT INTO issue_environments (issue_id, environment, first_seen, last_seen, times_seen) VALUES {rows}
            ON CONFLICT (issue_id, environment) DO UPDATE SET
                first_seen = CASE WHEN excluded.first_seen < issue_environments.first_seen
                    THEN excluded.first_seen ELSE issue_environments.first_seen END,
                last_seen = CASE WHEN excluded.last_seen > issue_environments.last_seen
                    THEN excluded.last_seen ELSE issue_environments.last_seen END,
                times_seen = issue_environments.times_seen + excluded.times_seen
            """,
            cancellation
        );
    }

    public static async Task TurnAsync(
        MetadataTransaction transaction,
        IReadOnlyList<IssueTurn> turns,
        CancellationToken cancellation
    )
    {
        var opened = new ValueRows();
        var watches = new ValueRows();
        foreach (var turn in turns)
        {
            if (turn.Substatus is not null)
            {
                opened.Add(turn.Tally.Id, turn.Tally.Before!.Status, turn.Substatus, turn.Cause.Context.Receipt.Received);
            }
            else
            {
                watches.Add(turn.Tally.Id, JsonSerializer.Serialize(turn.Watch, IssueJson.Default.ArchiveWatch));
            }
        }
        await opened.ExecuteAsync(
            transaction,
            $$"""
            WITH opened (s_id, s_before, s_substatus, s_at) AS (VALUES {rows})
            UPDATE issues SET status = '{{IssueStatus.Unresolved}}', substatus = s_substatus, status_details = '{}', status_changed = s_at,
                archive_watch = NULL
            FROM opened WHERE issues.id = s_id AND issues.status = s_before
            """,
            cancellation
        );
        await watches.ExecuteAsync(
            transaction,
            """
            WITH watched (s_id, s_watch) AS (VALUES {rows})
            UPDATE issues SET archive_watch = s_watch FROM watched WHERE issues.id = s_id
            """,
            cancellation
        );
        await NoteAsync(
            transaction,
            turns
                .Where(turn => turn.Substatus is not null)
                .Select(turn => (turn.Tally.Id, turn.Activity, turn.ActivityNote(), turn.Cause)),
            cancellation
        );
    }

    static async Task NumberAsync(MetadataTransaction transaction, List<IssueTally> created, CancellationToken cancellation)
    {
        var perProject = created.GroupBy(tally => tally.Project.Id).ToDictionary(group => group.Key, group => group.ToList());
        var rows = new ValueRows();
        // In the order of their ids, so that two writers on PostgreSQL cannot wait for each other in a circle.
        foreach (var (project, tallies) in perProject.OrderBy(pair => pair.Key))
        {
            rows.Add(project, tallies.Count);
        }
        var numbers = await rows.QueryAsync(
            transaction,
            """
            WITH wanted (s_project, s_count) AS (VALUES {rows})
            UPDATE projects SET last_short_id = last_short_id + s_count FROM wanted WHERE projects.id = s_project
            RETURNING projects.id, last_short_id
            """,
            row => (Project: row.GetInt64(0), Last: row.GetInt64(1)),
            cancellation
        );
        foreach (var (project, last) in numbers)
        {
            var tallies = perProject[project];
            for (var i = 0; i < tallies.Count; i++)
            {
                tallies[i].ShortId = last - tallies.Count + 1 + i;
            }
        }
    }

    static void AddLooks(ValueRows looks, IssueTally tally, Issue before, IssueSighting newest)
    {
        var shown = tally.IsNewest
            ? before with
            {
                Type = newest.Type,
                Title = newest.Title,
                Culprit = newest.Culprit,
                Metadata = newest.Metadata,
                Level = newest.Level,
                Platform = newest.Platform,
                Logger = newest.Logger,
                LastRelease = ReleaseOf(tally.Items.OrderByDescending(item => item.Timestamp)) ?? before.LastRelease,
            }
            : before;
        var oldest = ReleaseOf(tally.Items.OrderBy(item => item.Timestamp));
        shown = shown with { FirstRelease = tally.IsOldest ? oldest ?? before.FirstRelease : before.FirstRelease ?? oldest };
        if (shown != before)
        {
            looks.Add(
                tally.Id,
                shown.Type,
                shown.Title,
                shown.Culprit,
                shown.Metadata,
                shown.Level,
                shown.Platform,
                shown.Logger,
                shown.FirstRelease,
                shown.LastRelease
            );
        }
    }

    static Task<int> NoteAsync(
        MetadataTransaction transaction,
        IEnumerable<(long Issue, string Type, string Note, PreparedItem Cause)> activities,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var (issue, type, note, cause) in activities)
        {
            rows.Add(issue, type, note, cause.Context.Receipt.Received);
        }
        return rows.ExecuteAsync(
            transaction,
            "INSERT INTO issue_activity (issue_id, type, data, created) VALUES {rows}",
            cancellation
        );
    }

    /// <summary>The release of the first that names one.</summary>
    public static string? ReleaseOf(IEnumerable<PreparedItem> items) =>
        items.Select(item => item.Sighting!.Release).FirstOrDefault(release => release is not null);
}
