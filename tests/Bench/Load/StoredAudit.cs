using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;

namespace Bench.Load;

/// <summary>Only what can be found counts: each acknowledged error by its id in the telemetry of the stopped server, once.</summary>
/// <param name="Acknowledged">Errors that were answered with 200.</param>
/// <param name="Lost">Of those, what is not stored.</param>
/// <param name="Twice">Rows beyond the first of an id, whoever sent it.</param>
/// <param name="IsWhole">False: not all days could be read, and nothing is counted.</param>
sealed record StoredAudit(int Acknowledged, int Lost, int Twice, bool IsWhole)
{
    const int Page = 100_000;

    public bool IsExact => IsWhole && Lost == 0 && Twice == 0;

    /// <summary>Of a program that ends with the audit.</summary>
    public int ExitCode => IsExact ? 0 : 1;

    public static async Task<StoredAudit> RunAsync(string data, Sent sent)
    {
        await using TelemetryStore store = await DuckDbStore.OpenAsync(
            new(Path.Combine(data, "telemetry")),
            CancellationToken.None
        );
        var acknowledged = sent.Errors.ToList();
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
                return new(acknowledged.Count, Lost: 0, Twice: 0, IsWhole: false);
            }
            stored.AddRange(found.Rows.Select(row => (UInt128)row[0]!));
            if (found.Rows.Count < Page)
            {
                break;
            }
        }
        var known = stored.ToHashSet();
        var lost = acknowledged.Count(id => !known.Contains(id));
        return new(acknowledged.Count, lost, stored.Count - known.Count, IsWhole: true);
    }

    public override string ToString() =>
        IsWhole
            ? $"audit by id: {Acknowledged} errors acknowledged, {Lost} lost, {Twice} stored twice"
            : "audit by id: not all days could be read";
}
