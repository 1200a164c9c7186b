using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Intake;

/// <summary>What a batch brought to each strand of the merged issues; their totals stand in the issues themselves.</summary>
static class StrandCounts
{
    public static async Task AddAsync(
        MetadataTransaction transaction,
        IEnumerable<IssueTally> tallies,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (
            var strand in tallies.Where(tally => tally.IsMerged).SelectMany(tally => tally.Items).GroupBy(item => item.IssueId)
        )
        {
            // As the issue itself chooses: among events of one moment the first in the journal.
            var (first, last) = (strand.MinBy(item => item.Timestamp)!, strand.MaxBy(item => item.Timestamp)!);
            var looks = last.Sighting!;
            rows.Add(
                strand.Key,
                strand.Count(),
                first.Timestamp,
                first.EventId?.High ?? 0,
                first.EventId?.Low ?? 0,
                last.Timestamp,
                last.EventId?.High ?? 0,
                last.EventId?.Low ?? 0,
                looks.Type,
                looks.Title,
                looks.Culprit,
                looks.Metadata,
                looks.Level,
                looks.Platform,
                looks.Logger,
                looks.IsUnhandled,
                IssueWriting.ReleaseOf(strand.OrderBy(item => item.Timestamp)),
                IssueWriting.ReleaseOf(strand.OrderByDescending(item => item.Timestamp))
            );
        }
        await rows.ExecuteAsync(
            transaction,
            """
            WITH seen (s_id, s_times, s_first, s_first_high, s_first_low, s_last, s_last_high, s_last_low, s_type, s_title, s_culprit,
                s_metadata, s_level, s_platform, s_logger, s_unhandled, s_first_release, s_last_release) AS (VALUES {rows})
            UPDATE issue_strands SET
                times_seen = times_seen + s_times,
                first_seen = CASE WHEN s_first < first_seen THEN s_first ELSE first_seen END,
                first_event_high = CASE WHEN s_first < first_seen THEN s_first_high ELSE first_event_high END,
                first_event_low = CASE WHEN s_first < first_seen THEN s_first_low ELSE first_event_low END,
                first_release = CASE WHEN s_first < first_seen
                    THEN COALESCE(s_first_release, first_release) ELSE COALESCE(first_release, s_first_release) END,
                last_seen = CASE WHEN s_last >= last_seen THEN s_last ELSE last_seen END,
                last_event_high = CASE WHEN s_last >= last_seen THEN s_last_high ELSE last_event_high END,
                last_event_low = CASE WHEN s_last >= last_seen THEN s_last_low ELSE last_event_low END,
                last_release = CASE WHEN s_last >= last_seen THEN COALESCE(s_last_release, last_release) ELSE last_release END,
                type = CASE WHEN s_last >= last_seen THEN s_type ELSE type END,
                title = CASE WHEN s_last >= last_seen THEN s_title ELSE title END,
                culprit = CASE WHEN s_last >= last_seen THEN s_culprit ELSE culprit END,
                metadata = CASE WHEN s_last >= last_seen THEN s_metadata ELSE metadata END,
                level = CASE WHEN s_last >= last_seen THEN s_level ELSE level END,
                platform = CASE WHEN s_last >= last_seen THEN s_platform ELSE platform END,
                logger = CASE WHEN s_last >= last_seen THEN s_logger ELSE logger END,
                is_unhandled = CASE WHEN s_last >= last_seen THEN s_unhandled ELSE is_unhandled END
            FROM seen WHERE issue_strands.issue_id = s_id
            """,
            cancellation
        );
    }
}
