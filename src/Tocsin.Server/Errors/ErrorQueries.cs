using Dapper;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Errors;

/// <summary>Finds events: one by its id through the index, those of an issue in order, many through the telemetry store.</summary>
sealed class ErrorQueries(MetadataDb metadata, TelemetryStore telemetry)
{
    const string Select = """
        SELECT project_id AS ProjectId, event_high AS High, event_low AS Low, issue_id AS IssueId, timestamp AS Timestamp,
            day AS Day, segment AS Segment, "offset" AS "Offset", length AS Length
        FROM event_index
        """;

    const string NewestFirst = "ORDER BY timestamp DESC, event_high DESC, event_low DESC LIMIT 1";
    const string OldestFirst = "ORDER BY timestamp, event_high, event_low LIMIT 1";

    /// <summary>Null: no project of the scope has such an event.</summary>
    public async Task<IndexedEvent?> FindAsync(IssueScope scope, EventId id, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"{Select} WHERE project_id IN {SqlList.Of(scope.Projects)} AND event_high = @High AND event_low = @Low";
        return await connection.QueryFirstOrDefaultAsync<IndexedEvent>(
            new(sql, new { id.High, id.Low }, cancellationToken: cancellation)
        );
    }

    public Task<IndexedEvent?> LatestAsync(long issueId, CancellationToken cancellation) =>
        OfIssueAsync($"{Select} WHERE issue_id = @issueId {NewestFirst}", new { issueId }, cancellation);

    public Task<IndexedEvent?> OldestAsync(long issueId, CancellationToken cancellation) =>
        OfIssueAsync($"{Select} WHERE issue_id = @issueId {OldestFirst}", new { issueId }, cancellation);

    /// <summary>The next later event of the same issue; null at the newest.</summary>
    public Task<IndexedEvent?> NextAsync(IndexedEvent here, CancellationToken cancellation) =>
        OfIssueAsync(
            $"{Select} WHERE issue_id = @IssueId AND (timestamp, event_high, event_low) > (@Timestamp, @High, @Low) {OldestFirst}",
            here,
            cancellation
        );

    public Task<IndexedEvent?> PreviousAsync(IndexedEvent here, CancellationToken cancellation) =>
        OfIssueAsync(
            $"{Select} WHERE issue_id = @IssueId AND (timestamp, event_high, event_low) < (@Timestamp, @High, @Low) {NewestFirst}",
            here,
            cancellation
        );

    async Task<IndexedEvent?> OfIssueAsync(string sql, object parameters, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<IndexedEvent>(new(sql, parameters, cancellationToken: cancellation));
    }

    /// <summary>Newest first; one more than the limit tells that there are more.</summary>
    public async Task<IReadOnlyList<EventListRow>> ListAsync(
        IReadOnlyList<long> projects,
        Filter? where,
        TimeRange range,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = projects,
                Range = range,
                Select = EventListRow.Columns,
                Where = where,
                OrderBy = [new(new Expression.Field("timestamp"), true), new(new Expression.Field("id"), true)],
                Limit = limit,
                Offset = offset,
            },
            cancellation
        );
        return [.. result.Rows.Select(EventListRow.Read)];
    }
}

/// <summary>Where an event is. Timestamp: microseconds since 1970.</summary>
sealed record IndexedEvent
{
    public long ProjectId { get; init; }
    public long High { get; init; }
    public long Low { get; init; }
    public long IssueId { get; init; }
    public long Timestamp { get; init; }
    public int Day { get; init; }
    public int Segment { get; init; }
    public long Offset { get; init; }
    public int Length { get; init; }

    public EventId Id => EventId.From(High, Low);
    public PayloadLocation Location => new(Day, Segment, Offset, Length);
}
