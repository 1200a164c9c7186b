using System.Data.Common;
using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Pipeline;

/// <summary>What the worker writes about items that no room handles, or that failed three times.</summary>
static class Quarantine
{
    const int LongestError = 4_000;

    public const string Select = """
        SELECT id, position, item, organization_id, project_id, key_id, item_type, quantities, reason, error, received, day, segment,
            "offset", length, replayed
        FROM quarantine
        """;

    public static async Task AddAsync(MetadataTransaction transaction, Batch batch, CancellationToken cancellation)
    {
        var rows = new ValueRows();
        foreach (var item in batch.Items.Where(item => item.IsQuarantined))
        {
            rows.Add(
                item.Position,
                item.Index,
                item.OrganizationId,
                item.ProjectId,
                item.Receipt?.KeyId,
                item.ItemType,
                RowFormat.Write(item.Quantities),
                item.Outcome.Reason,
                item.Error is { Length: > LongestError } error ? error[..LongestError] : item.Error,
                item.Received,
                item.Location.Day,
                item.Location.Segment,
                item.Location.Offset,
                item.Location.Length
            );
        }
        await rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO quarantine (position, item, organization_id, project_id, key_id, item_type, quantities, reason, error, received,
                day, segment, "offset", length)
            VALUES {rows} ON CONFLICT (position, item) DO NOTHING
            """,
            cancellation
        );
        var replayed = new ValueRows();
        foreach (var entry in batch.Replayed)
        {
            replayed.Add(entry.Id, batch.Oldest);
        }
        await replayed.ExecuteAsync(
            transaction,
            """
            WITH played (s_id, s_at) AS (VALUES {rows})
            UPDATE quarantine SET replayed = s_at FROM played WHERE quarantine.id = s_id
            """,
            cancellation
        );
    }

    /// <summary>The entries that the batch's records play again and that were not played before.</summary>
    public static async Task FindReplayedAsync(DbConnection connection, Batch batch, CancellationToken cancellation)
    {
        batch.Replayed.Clear();
        var ids = batch.Items.Select(item => item.Receipt?.ReplayOf).OfType<long>().Distinct().ToList();
        if (ids.Count > 0)
        {
            var sql = $"{Select} WHERE replayed IS NULL AND id IN {SqlList.Of(ids)}";
            batch.Replayed.AddRange(await connection.QueryAsync<QuarantineEntry>(new(sql, cancellationToken: cancellation)));
        }
    }
}
