using System.Data.Common;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>An event's identity within its project.</summary>
readonly record struct EventKey(long ProjectId, EventId EventId);

/// <summary>Which journal record brought an event first, to which issue it went, and where its body lies.</summary>
sealed record IndexedEvent(long Position, long Index, long IssueId, PayloadLocation Location);

/// <summary>Every stored event by its id.</summary>
static class EventIndex
{
    public static async Task<IReadOnlyDictionary<EventKey, IndexedEvent>> FindAsync(
        DbConnection connection,
        IEnumerable<EventKey> keys,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var (project, id) in keys.Distinct())
        {
            rows.Add(project, id.High, id.Low);
        }
        var found = await rows.QueryAsync(
            connection,
            null,
            """
            WITH wanted (project_id, event_high, event_low) AS (VALUES {rows})
            SELECT e.project_id, e.event_high, e.event_low, e.position, e.item, e.issue_id, e.day, e.segment, e."offset", e.length
            FROM wanted JOIN event_index e ON e.project_id = wanted.project_id
                AND e.event_high = wanted.event_high AND e.event_low = wanted.event_low
            """,
            row =>
                (
                    Key: new EventKey(row.GetInt64(0), EventId.From(row.GetInt64(1), row.GetInt64(2))),
                    Event: new IndexedEvent(
                        row.GetInt64(3),
                        row.GetInt64(4),
                        row.GetInt64(5),
                        new((int)row.GetInt64(6), (int)row.GetInt64(7), row.GetInt64(8), (int)row.GetInt64(9))
                    )
                ),
            cancellation
        );
        return found.ToDictionary(pair => pair.Key, pair => pair.Event);
    }

    /// <exception cref="Issues.StaleBatchException">Another writer has added one of the events since the batch was checked.</exception>
    public static async Task AddAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var item in items)
        {
            if (item.EventId is { } id)
            {
                rows.Add(
                    item.Context.Project.Id,
                    id.High,
                    id.Low,
                    item.Context.Position,
                    item.Context.Index,
                    item.IssueId,
                    item.Timestamp,
                    item.Location.Day,
                    item.Location.Segment,
                    item.Location.Offset,
                    item.Location.Length
                );
            }
        }
        var added = await rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO event_index
                (project_id, event_high, event_low, position, item, issue_id, timestamp, day, segment, "offset", length)
            VALUES {rows} ON CONFLICT DO NOTHING
            """,
            cancellation
        );
        if (added != rows.Count)
        {
            throw new Issues.StaleBatchException("An event was stored by someone else meanwhile.");
        }
    }
}
