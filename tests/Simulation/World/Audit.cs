using System.Globalization;
using Dapper;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>What clients know against what the stores hold. Attempts without an answer may be stored or not; everything else is exact.</summary>
static class Audit
{
    public static async Task CheckAsync(
        Life life,
        IReadOnlyList<Sending> acknowledged,
        IReadOnlyList<Sending> attempts,
        int refused,
        bool neverCrashed
    )
    {
        var stored = life.Telemetry.Events.Select(row => (row.ProjectId, row.EventId)).ToList();
        Check(stored.Count == stored.Distinct().Count(), "an event is in the telemetry twice");
        var promised = Events(acknowledged);
        var possible = Events(attempts);
        Check(promised.IsSubsetOf(stored), $"{promised.Except(stored).Count()} acknowledged events are lost");
        Check(possible.IsSupersetOf(stored), "the telemetry holds an event that nobody sent");
        await CheckMetadataAsync(life, stored);
        await CheckNewIssuesAsync(life);
        CheckOutcomes(life, acknowledged, attempts, refused, neverCrashed, stored.Count);
    }

    static async Task CheckMetadataAsync(Life life, List<(long, UInt128)> stored)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var index = (await connection.QueryAsync<IndexRow>("SELECT * FROM event_index")).AsList();
        var indexed = index.ToDictionary(row => (row.ProjectId, EventId.From(row.EventHigh, row.EventLow).Value));
        Check(indexed.Count == stored.Count && stored.TrueForAll(indexed.ContainsKey), "index and telemetry differ");
        foreach (var row in life.Telemetry.Events)
        {
            var known = indexed[(row.ProjectId, row.EventId)];
            Check(
                (known.IssueId, known.Segment, known.Offset, known.Length) == (row.IssueId, row.Segment, row.Offset, row.Length),
                "a row says another place or issue than the index"
            );
            var location = new PayloadLocation((int)known.Day, (int)known.Segment, known.Offset, (int)known.Length);
            Check(
                life.Payloads.Read(location) is PayloadReading.Found { Record: var body } && body.EventId.Value == row.EventId,
                "a body is not where the index says"
            );
        }
        var seen = await connection.QueryAsync<(long Id, long TimesSeen)>("SELECT id, times_seen FROM issues");
        foreach (var (id, timesSeen) in seen)
        {
            Check(index.Count(row => row.IssueId == id) == timesSeen, "an issue counts other events than it has");
        }
        var quarantined = await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM quarantine");
        Check(quarantined == Sum(life, "default", OutcomeKind.Quarantined), "the quarantine is not what the outcomes say");
    }

    /// <summary>How many events lie in overflow issues.</summary>
    public static async Task<long> OverflowedAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<long>("SELECT COALESCE(SUM(times_seen), 0) FROM issues WHERE is_overflow = 1");
    }

    /// <summary>An issue's status changed last when it began: nobody looks at this server.</summary>
    static async Task CheckNewIssuesAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var begun = await connection.QueryAsync<(long Project, long Hour, long Begun)>(
            """
            SELECT project_id, status_changed / 3600000000, COUNT(*) FROM issues WHERE is_overflow = 0
            GROUP BY project_id, status_changed / 3600000000
            """
        );
        var counted = await connection.QueryAsync<(long Project, long Hour, long Begun)>(
            "SELECT * FROM new_issues WHERE begun > 0"
        );
        Check(begun.Order().SequenceEqual(counted.Order()), "other issues began than are counted");
        Check(counted.All(hour => hour.Begun <= Life.NewIssuesPerHour), "more issues began in an hour than may");
        var overflowing = await connection.QueryAsync<long>("SELECT project_id FROM issues WHERE is_overflow = 1");
        Check(
            overflowing.All(project => counted.Any(hour => hour.Project == project && hour.Begun == Life.NewIssuesPerHour)),
            "an event found no room though there was some"
        );
    }

    static void CheckOutcomes(
        Life life,
        IReadOnlyList<Sending> acknowledged,
        IReadOnlyList<Sending> attempts,
        int refused,
        bool neverCrashed,
        int stored
    )
    {
        var accepted = Sum(life, "error", OutcomeKind.Accepted);
        var duplicates = Sum(life, "error", OutcomeKind.Invalid);
        Check(accepted == stored, $"{accepted} events are counted as accepted, {stored} are stored");
        Between(accepted + duplicates, Content.Event, "events");
        Between(Sum(life, "default", OutcomeKind.Quarantined), Content.Novelty, "quarantined items");
        var refusals = Sum(life, "default", OutcomeKind.Invalid);
        Check(refusals <= refused && (refusals == refused || !neverCrashed), $"{refused} were refused, {refusals} are counted");

        void Between(long counted, Content content, string what)
        {
            var least = acknowledged.Count(sending => sending.Content == content);
            var most = attempts.Count(sending => sending.Content == content);
            Check(counted >= least, $"{least} {what} were acknowledged, {counted} are counted");
            Check(counted <= most, $"{most} {what} were sent, {counted} are counted");
        }
    }

    static HashSet<(long, UInt128)> Events(IEnumerable<Sending> sendings) =>
        [
            .. sendings
                .Where(sending => sending.Content == Content.Event)
                .Select(sending => (long.Parse(sending.Project, CultureInfo.InvariantCulture), sending.Id.Value)),
        ];

    static long Sum(Life life, string category, OutcomeKind kind) =>
        life
            .Telemetry.Outcomes.Where(row => row.Category == category && row.Outcome == (int)kind)
            .Sum((OutcomeRow row) => row.Quantity);

    static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationException(otherwise);
        }
    }

    sealed record IndexRow
    {
        public long ProjectId { get; init; }
        public long EventHigh { get; init; }
        public long EventLow { get; init; }
        public long IssueId { get; init; }
        public long Day { get; init; }
        public long Segment { get; init; }
        public long Offset { get; init; }
        public long Length { get; init; }
    }
}
