using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>Every acknowledged span is stored, none twice, none that nobody sent; and an item is stored wholly or not at all.</summary>
static class SpanAudit
{
    public static void Check(Life life, Promises promises, Chronicle chronicle)
    {
        var rows = life.Telemetry.Spans.ToList();
        var stored = rows.Select(KeyOf).ToHashSet();
        Audit.Check(stored.Count == rows.Count, "a span is in the telemetry twice");
        var promised = promises.Acknowledged.SelectMany(Spans).ToHashSet();
        var possible = promises.Attempts.SelectMany(Spans).ToHashSet();
        promised.ExceptWith(stored);
        promised.ExceptWith(chronicle.Gone.SelectMany(batch => batch.Spans).Select(KeyOf));
        Audit.Check(promised.Count == 0, $"{promised.Count} acknowledged spans are lost");
        Audit.Check(possible.IsSupersetOf(stored), "the telemetry holds a span that nobody sent");
        foreach (var sending in promises.Attempts.Where(sending => sending.Part is not null))
        {
            var there = Spans(sending).Count(stored.Contains);
            Audit.Check(there == 0 || there == sending.Part!.Ids.Count, "an item is stored in part");
        }
    }

    static (long, SpanKey) KeyOf(SpanRow row) => (row.ProjectId, new(row.TraceId, row.SpanId));

    static IEnumerable<(long, SpanKey)> Spans(Sending sending) =>
        sending.Part?.Spans.Select(span => (sending.ProjectId, span)) ?? [];
}
