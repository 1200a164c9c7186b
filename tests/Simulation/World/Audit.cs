using Dapper;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>What clients know against what the stores hold. Attempts without an answer may be stored or not; everything else is exact.</summary>
static class Audit
{
    public static async Task CheckAsync(Life life, Promises promises, FirstRows first)
    {
        var stored = life.Telemetry.Events.Select(Claim.Of).ToList();
        Check(stored.Count == stored.Distinct().Count(), "an event is in the telemetry twice");
        var promised = promises.Acknowledged.SelectMany(Claim.Of).ToHashSet();
        var possible = promises.Attempts.SelectMany(Claim.Of).ToHashSet();
        Check(promised.IsSubsetOf(stored), $"{promised.Except(stored).Count()} acknowledged events are lost");
        Check(possible.IsSupersetOf(stored), "the telemetry holds an event that nobody sent");
        SpanAudit.Check(life, promises);
        first.Check(life.Telemetry);
        await CheckMetadataAsync(life);
        await NewIssueAudit.CheckAsync(life);
        OutcomeAudit.Check(life, promises);
    }

    static async Task CheckMetadataAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var index = (await connection.QueryAsync<IndexRow>("SELECT * FROM event_index")).AsList();
        CheckIndex(life, index);
        var seen = await connection.QueryAsync<(long Id, long TimesSeen)>("SELECT id, times_seen FROM issues");
        foreach (var (id, timesSeen) in seen)
        {
            Check(index.Count(row => row.IssueId == id) == timesSeen, "an issue counts other events than it has");
        }
        var quarantined = await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM quarantine");
        Check(
            quarantined == OutcomeAudit.Sum(life, "default", OutcomeKind.Quarantined),
            "the quarantine is not what the outcomes say"
        );
    }

    /// <summary>What the index leads to is what the telemetry holds, row for row: every event, and every span of every item.</summary>
    static void CheckIndex(Life life, List<IndexRow> index)
    {
        var events = life.Telemetry.Events.ToDictionary(row => (row.ProjectId, row.EventId));
        var indexedEvents = 0;
        var indexedSpans = new List<SpanRow>();
        foreach (var known in index)
        {
            var id = EventId.From(known.EventHigh, known.EventLow);
            var location = new PayloadLocation((int)known.Day, (int)known.Segment, known.Offset, (int)known.Length);
            var body = (life.Payloads.Read(location) as PayloadReading.Found)?.Record;
            Check(body?.EventId == id && body.ProjectId == known.ProjectId, "a body is not where the index says");
            if (SpanFormat.Is(body!.Columns.Span))
            {
                var rows = SpanFormat.Read(body.Columns, known.ProjectId);
                indexedSpans.AddRange(rows.Select(row => Batch.RowOf(row, location)));
            }
            else
            {
                Check(events.TryGetValue((known.ProjectId, id.Value), out var row), "index and telemetry differ");
                var expected = Batch.RowOf(RowFormat.ReadEvent(body.Columns.Span), known.IssueId, location);
                Check(row == expected, "a row says another place or issue than the index");
                indexedEvents++;
            }
        }
        Check(indexedEvents == events.Count, "index and telemetry differ");
        var spans = life.Telemetry.Spans.ToHashSet();
        Check(
            indexedSpans.Count == spans.Count && spans.SetEquals(indexedSpans),
            "the spans that the index leads to are not those of the telemetry"
        );
    }

    public static void Check(bool holds, string otherwise)
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
