using Dapper;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>One entry of the index: an event, or an item with spans, and where it lies.</summary>
sealed record Indexed(long ProjectId, EventId Id, long IssueId, PayloadLocation Location)
{
    public static async Task<List<Indexed>> AllAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<Row>("SELECT * FROM event_index"))
            .Select(row => new Indexed(
                row.ProjectId,
                EventId.From(row.EventHigh, row.EventLow),
                row.IssueId,
                new((int)row.Day, (int)row.Segment, row.Offset, (int)row.Length)
            ))
            .AsList();
    }

    /// <summary>Null: it cannot be read, or something else lies there.</summary>
    public PayloadRecord? Read(Life life) =>
        life.Payloads.Read(Location, Is) is PayloadReading.Found { Record: var found } ? found : null;

    public bool Is(PayloadRecord record) => (record.EventId, record.ProjectId) == (Id, ProjectId);

    /// <summary>As the telemetry stores them; null: it is an event.</summary>
    public List<SpanRow>? SpansIn(PayloadRecord record) =>
        SpanFormat.Is(record.Columns.Span)
            ? [.. SpanFormat.Read(record.Columns, ProjectId).Select(row => Batch.RowOf(row, Location))]
            : null;

    sealed record Row
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
