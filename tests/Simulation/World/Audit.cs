using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>What clients know against what the stores hold. Attempts without an answer may be stored or not; everything else is exact.</summary>
static class Audit
{
    public static async Task CheckAsync(Life life, Promises promises, Chronicle chronicle, Calendar calendar, DateOnly today)
    {
        var stored = life.Telemetry.Events.Select(Claim.Of).ToList();
        Check(stored.Count == stored.Distinct().Count(), "an event is in the telemetry twice");
        var gone = chronicle.Gone.SelectMany(batch => batch.Events).Select(Claim.Of);
        var promised = promises.Acknowledged.SelectMany(Claim.Of).ToHashSet();
        var possible = promises.Attempts.SelectMany(Claim.Of).ToHashSet();
        promised.ExceptWith(stored.Concat(gone));
        Check(promised.Count == 0, $"{promised.Count} acknowledged events are lost");
        Check(possible.IsSupersetOf(stored), "the telemetry holds an event that nobody sent");
        SpanAudit.Check(life, promises, chronicle);
        chronicle.Check(life.Telemetry);
        CheckIndex(life, await Indexed.AllAsync(life));
        await RetentionAudit.CheckAsync(life, chronicle, calendar, today);
        await IssueAudit.CheckAsync(life, chronicle);
        await NewIssueAudit.CheckAsync(life, chronicle);
        OutcomeAudit.Check(chronicle, promises);
    }

    /// <summary>What the index leads to is what the telemetry holds, row for row: every event, and every span of every item.</summary>
    static void CheckIndex(Life life, List<Indexed> index)
    {
        var events = life.Telemetry.Events.ToDictionary(row => (row.ProjectId, row.EventId));
        var indexedEvents = 0;
        var indexedSpans = new List<SpanRow>();
        foreach (var known in index)
        {
            var body = known.Read(life);
            Check(body is not null, $"a body is not where the index says: {known.Location} {life.Payloads.Read(known.Location)}");
            if (known.SpansIn(body!) is { } spans)
            {
                indexedSpans.AddRange(spans);
                continue;
            }
            Check(events.TryGetValue((known.ProjectId, known.Id.Value), out var row), "index and telemetry differ");
            var expected = Batch.RowOf(RowFormat.ReadEvent(body!.Columns.Span), known.IssueId, known.Location);
            Check(row == expected, "a row says another place or issue than the index");
            indexedEvents++;
        }
        Check(indexedEvents == events.Count, "index and telemetry differ");
        var stored = life.Telemetry.Spans.ToHashSet();
        Check(
            indexedSpans.Count == stored.Count && stored.SetEquals(indexedSpans),
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
}
