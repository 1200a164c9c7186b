namespace Simulation.World;

/// <summary>Every acknowledged span is stored, none twice, none that nobody sent; and an item is stored wholly or not at all.</summary>
static class SpanAudit
{
    public static void Check(Life life, Promises promises)
    {
        var rows = life.Telemetry.Spans.ToList();
        var stored = rows.Select(row => (row.ProjectId, new SpanKey(row.TraceId, row.SpanId))).ToHashSet();
        Audit.Check(stored.Count == rows.Count, "a span is in the telemetry twice");
        var promised = promises.Acknowledged.SelectMany(Spans).ToHashSet();
        var possible = promises.Attempts.SelectMany(Spans).ToHashSet();
        Audit.Check(promised.IsSubsetOf(stored), $"{promised.Except(stored).Count()} acknowledged spans are lost");
        Audit.Check(possible.IsSupersetOf(stored), "the telemetry holds a span that nobody sent");
        foreach (var sending in promises.Attempts.Where(sending => sending.Part is not null))
        {
            var there = Spans(sending).Count(stored.Contains);
            Audit.Check(there == 0 || there == sending.Part!.Ids.Count, "an item is stored in part");
        }
    }

    static IEnumerable<(long, SpanKey)> Spans(Sending sending) =>
        sending.Part?.Spans.Select(span => (sending.ProjectId, span)) ?? [];
}
