using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;

namespace Bench.Load;

/// <summary>Only what can be found counts: each acknowledged error by its id in the telemetry of the stopped server, once.</summary>
static class StoredAudit
{
    const int Page = 100_000;

    public static async Task<string> RunAsync(string data, Sent sent)
    {
        await using TelemetryStore store = await DuckDbStore.OpenAsync(
            new(Path.Combine(data, "telemetry")),
            CancellationToken.None
        );
        var stored = new List<UInt128>();
        while (true)
        {
            var found = await store.QueryAsync(
                new()
                {
                    Dataset = Dataset.Events,
                    Range = TimeRange.All,
                    Select = [new("id", new Expression.Field("id"))],
                    OrderBy = [new(new Expression.Field("id"), false)],
                    Limit = Page,
                    Offset = stored.Count,
                    Budget = TimeSpan.FromMinutes(5),
                },
                CancellationToken.None
            );
            if (found.Partial)
            {
                return "audit by id: not all days could be read";
            }
            stored.AddRange(found.Rows.Select(row => (UInt128)row[0]!));
            if (found.Rows.Count < Page)
            {
                break;
            }
        }
        var known = stored.ToHashSet();
        var lost = sent.Errors.Count(id => !known.Contains(id));
        return $"audit by id: {sent.Errors.Count()} errors acknowledged, {lost} lost, {stored.Count - known.Count} stored twice";
    }
}
