using Dapper;
using Tocsin.Server.Issues;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>Each issue shows what its events alone make of it, each strand of a merged one what its own do, and every merged issue is a strand.</summary>
static class IssueAudit
{
    public static async Task CheckAsync(Life life, Chronicle chronicle)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        const string columns =
            "times_seen, first_seen, last_seen, first_event_high, first_event_low, last_event_high, last_event_low";
        var issues = (
            await connection.QueryAsync<Counts>($"SELECT id, id AS parent_id, status, user_count, {columns} FROM issues")
        ).AsList();
        var strands = (
            await connection.QueryAsync<Counts>($"SELECT issue_id AS id, parent_id, {columns} FROM issue_strands")
        ).AsList();
        var users = await connection.QueryAsync<(long Issue, long Users)>(
            "SELECT issue_id, COUNT(*) FROM issue_users GROUP BY issue_id"
        );
        var environments = await connection.QueryAsync<Seen>("SELECT * FROM issue_environments");

        // What was dropped was seen all the same; an issue of which nothing is left may be gone with it.
        var known = issues.Select(issue => issue.Id).ToHashSet();
        Audit.Check(life.Telemetry.Events.All(row => known.Contains(row.IssueId)), "an event is left of an issue that is gone");
        var events = chronicle.Events.Where(row => known.Contains(row.IssueId)).ToLookup(row => row.IssueId);
        foreach (var strand in strands)
        {
            Check(strand, [.. events[strand.Id]], "a strand");
        }
        foreach (var issue in issues)
        {
            var parts = strands.Where(strand => strand.ParentId == issue.Id).Select(strand => strand.Id).ToList();
            if (issue.Status == IssueStatus.Merged)
            {
                Audit.Check(
                    parts.Count == 0 && strands.Exists(strand => strand.Id == issue.Id),
                    "a merged issue is nobody's strand"
                );
                continue;
            }
            Audit.Check(parts.Count == 0 || (parts.Count > 1 && parts.Contains(issue.Id)), "an issue is no strand of itself");
            List<EventRow> all = [.. parts.Append(issue.Id).Distinct().SelectMany(id => events[id])];
            Check(issue, all, "an issue");
            Audit.Check(issue.UserCount == UsersOf(all), "an issue counts other users than it has");
        }
        var counted = users.ToDictionary(one => one.Issue, one => one.Users);
        Audit.Check(
            events.All(one => counted.GetValueOrDefault(one.Key) == UsersOf(one)),
            "an issue knows other users than its events name"
        );
        Audit.Check(
            environments.ToHashSet().SetEquals(events.SelectMany(one => EnvironmentsOf(one))),
            "an issue knows other environments than its events name"
        );
    }

    static void Check(Counts counts, List<EventRow> events, string what)
    {
        Audit.Check(counts.TimesSeen == events.Count, $"{what} counts other events than it has");
        if (events.Count == 0)
        {
            return;
        }
        Audit.Check(
            counts.FirstSeen == events.Min(row => row.Timestamp) && counts.LastSeen == events.Max(row => row.Timestamp),
            $"{what} was first or last seen at other times than its events"
        );
        Audit.Check(
            events.Exists(row => row.EventId == counts.FirstEvent && row.Timestamp == counts.FirstSeen)
                && events.Exists(row => row.EventId == counts.LastEvent && row.Timestamp == counts.LastSeen),
            $"{what} names others as its first and last event"
        );
    }

    static long UsersOf(IEnumerable<EventRow> events) => events.Select(row => row.User).OfType<string>().Distinct().Count();

    static IEnumerable<Seen> EnvironmentsOf(IGrouping<long, EventRow> events) =>
        events
            .Where(row => row.Environment is not null)
            .GroupBy(row => row.Environment!)
            .Select(group => new Seen
            {
                IssueId = events.Key,
                Environment = group.Key,
                FirstSeen = group.Min(row => row.Timestamp),
                LastSeen = group.Max(row => row.Timestamp),
                TimesSeen = group.Count(),
            });

    /// <summary>Of an issue or of a strand; users are those of issues only.</summary>
    sealed record Counts
    {
        public long Id { get; init; }
        public long ParentId { get; init; }
        public string Status { get; init; } = "";
        public long TimesSeen { get; init; }
        public long UserCount { get; init; }
        public long FirstSeen { get; init; }
        public long LastSeen { get; init; }
        public long FirstEventHigh { get; init; }
        public long FirstEventLow { get; init; }
        public long LastEventHigh { get; init; }
        public long LastEventLow { get; init; }

        public UInt128 FirstEvent => EventId.From(FirstEventHigh, FirstEventLow).Value;
        public UInt128 LastEvent => EventId.From(LastEventHigh, LastEventLow).Value;
    }

    sealed record Seen
    {
        public long IssueId { get; init; }
        public string Environment { get; init; } = "";
        public long FirstSeen { get; init; }
        public long LastSeen { get; init; }
        public long TimesSeen { get; init; }
    }
}
