using Dapper;
using Tocsin.Server.Api;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Errors;

/// <summary>Finds events: one by its id through the index, those of an issue in order, many through the telemetry store.</summary>
sealed class ErrorQueries(MetadataDb metadata, TelemetryStore telemetry, MergedIssues merged)
{
    const string Select = """
        SELECT e.project_id AS ProjectId, e.event_high AS High, e.event_low AS Low, COALESCE(m.parent_id, e.issue_id) AS IssueId,
            e.timestamp AS Timestamp, e.day AS Day, e.segment AS Segment, e."offset" AS "Offset", e.length AS Length
        FROM event_index e LEFT JOIN issue_strands m ON m.issue_id = e.issue_id
        """;

    /// <summary>Null: no project of the scope has such an event.</summary>
    public Task<FoundEvent?> FindAsync(IssueScope scope, EventId id, CancellationToken cancellation) =>
        FindAsync(scope.Projects, id, cancellation);

    /// <summary>Null: none of the projects has such an event.</summary>
    public async Task<FoundEvent?> FindAsync(IReadOnlyList<long> projects, EventId id, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"{Select} WHERE e.project_id IN {SqlList.Of(projects)} AND e.event_high = @High AND e.event_low = @Low";
        return await connection.QueryFirstOrDefaultAsync<FoundEvent>(
            new(sql, new { id.High, id.Low }, cancellationToken: cancellation)
        );
    }

    public Task<FoundEvent?> LatestAsync(long issueId, CancellationToken cancellation) =>
        OfIssueAsync("DESC", null, new { IssueId = issueId }, cancellation);

    public Task<FoundEvent?> OldestAsync(long issueId, CancellationToken cancellation) =>
        OfIssueAsync("ASC", null, new { IssueId = issueId }, cancellation);

    /// <summary>The next later event of the same issue; null at the newest.</summary>
    public Task<FoundEvent?> NextAsync(FoundEvent here, CancellationToken cancellation) =>
        OfIssueAsync("ASC", ">", here, cancellation);

    public Task<FoundEvent?> PreviousAsync(FoundEvent here, CancellationToken cancellation) =>
        OfIssueAsync("DESC", "<", here, cancellation);

    /// <summary>The first event in the order, of those beyond the given one. Each strand of a merged issue tells its first moment by its index.</summary>
    async Task<FoundEvent?> OfIssueAsync(string order, string? beyond, object parameters, CancellationToken cancellation)
    {
        var condition = beyond is null ? "" : $"AND (e.timestamp, e.event_high, e.event_low) {beyond} (@Timestamp, @High, @Low)";
        var sql = $"""
            WITH strands (id) AS (SELECT @IssueId UNION SELECT issue_id FROM issue_strands WHERE parent_id = @IssueId),
            moments (id, moment) AS (SELECT id, (SELECT e.timestamp FROM event_index e WHERE e.issue_id = strands.id {condition}
                ORDER BY e.timestamp {order} LIMIT 1) FROM strands),
            chosen (moment) AS (SELECT moment FROM moments WHERE moment IS NOT NULL ORDER BY moment {order} LIMIT 1)
            {Select} WHERE e.issue_id IN (SELECT id FROM strands) AND e.timestamp = (SELECT moment FROM chosen) {condition}
            ORDER BY e.event_high {order}, e.event_low {order} LIMIT 1
            """;
        await using var connection = await metadata.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<FoundEvent>(new(sql, parameters, cancellationToken: cancellation));
    }

    /// <summary>Newest first, unless the oldest are asked for; one more than the limit tells that there are more.</summary>
    public async Task<Answer<IReadOnlyList<EventListRow>>> ListAsync(
        IReadOnlyList<long> projects,
        Filter? where,
        TimeRange range,
        bool oldestFirst,
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
                Merged = await merged.OfProjectsAsync(projects, cancellation),
                Range = range,
                Select = EventListRow.Columns,
                Where = where,
                OrderBy = [new(new Expression.Field("timestamp"), !oldestFirst), new(new Expression.Field("id"), !oldestFirst)],
                Limit = limit,
                Offset = offset,
            },
            cancellation
        );
        return new([.. result.Rows.Select(EventListRow.Read)], AnswerNotes.Of(result));
    }
}

/// <summary>Where an event is. Timestamp: microseconds since 1970.</summary>
sealed record FoundEvent
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
