using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>The tables of a day, and how rows fill them.</summary>
static class Tables
{
    public static Table<EventRow> Events { get; } =
        new(
            "events",
            [
                new LongColumn<EventRow>("project_id", row => row.ProjectId),
                new IdColumn<EventRow>("event_id", row => row.EventId),
                new LongColumn<EventRow>("issue_id", row => row.IssueId),
                new LongColumn<EventRow>("timestamp", row => row.Timestamp),
                new LongColumn<EventRow>("received", row => row.Received),
                new TextColumn<EventRow>("type", row => row.Type, Nullable: false),
                new TextColumn<EventRow>("level", row => row.Level, Nullable: false),
                new TextColumn<EventRow>("platform", row => row.Platform, Nullable: false),
                new TextColumn<EventRow>("environment", row => row.Environment),
                new TextColumn<EventRow>("release", row => row.Release),
                new TextColumn<EventRow>("dist", row => row.Dist),
                new TextColumn<EventRow>("transaction_name", row => row.Transaction),
                new TextColumn<EventRow>("title", row => row.Title, Nullable: false),
                new TextColumn<EventRow>("culprit", row => row.Culprit),
                new TextColumn<EventRow>("message", row => row.Message),
                new TextColumn<EventRow>("error_type", row => row.ErrorType),
                new TextColumn<EventRow>("error_value", row => row.ErrorValue),
                new TruthColumn<EventRow>("handled", row => row.Handled),
                new TextColumn<EventRow>("logger", row => row.Logger),
                new TextColumn<EventRow>("server_name", row => row.ServerName),
                new TextColumn<EventRow>("url", row => row.Url),
                new TextColumn<EventRow>("user_key", row => row.User),
                new TextColumn<EventRow>("user_id", row => row.UserId),
                new TextColumn<EventRow>("user_email", row => row.UserEmail),
                new TextColumn<EventRow>("user_name", row => row.UserName),
                new TextColumn<EventRow>("user_ip", row => row.UserIp),
                new TextColumn<EventRow>("sdk_name", row => row.SdkName),
                new TextColumn<EventRow>("sdk_version", row => row.SdkVersion),
                new IdColumn<EventRow>("trace_id", row => row.TraceId, Nullable: true),
                new LongColumn<EventRow>("span_id", row => row.SpanId, Nullable: true),
                // Long texts that differ a little in much that is the same: DuckDB's own choice takes seven times the room.
                new TextColumn<EventRow>("tags", row => row.Tags, Nullable: false) { Compression = "zstd" },
                new IntegerColumn<EventRow>("payload_segment", row => row.Segment),
                new LongColumn<EventRow>("payload_offset", row => row.Offset),
                new IntegerColumn<EventRow>("payload_length", row => row.Length),
                new TextColumn<EventRow>("stack_files", row => row.StackFiles),
                new TextColumn<EventRow>("stack_paths", row => row.StackPaths),
                new TextColumn<EventRow>("stack_functions", row => row.StackFunctions),
                new TextColumn<EventRow>("stack_modules", row => row.StackModules),
            ]
        );

    public static Table<SpanRow> Spans { get; } =
        new(
            "spans",
            [
                new LongColumn<SpanRow>("project_id", row => row.ProjectId),
                new IdColumn<SpanRow>("trace_id", row => row.TraceId),
                new LongColumn<SpanRow>("span_id", row => row.SpanId),
                new LongColumn<SpanRow>("parent_span_id", row => row.ParentSpanId, Nullable: true),
                new LongColumn<SpanRow>("segment_id", row => row.SegmentId, Nullable: true),
                new TruthColumn<SpanRow>("is_segment", row => row.IsSegment),
                new LongColumn<SpanRow>("timestamp", row => row.Timestamp),
                new LongColumn<SpanRow>("received", row => row.Received),
                new LongColumn<SpanRow>("duration", row => row.Duration),
                new LongColumn<SpanRow>("self_time", row => row.SelfTime),
                new TextColumn<SpanRow>("op", row => row.Op, Nullable: false),
                new TextColumn<SpanRow>("description", row => row.Description),
                new TextColumn<SpanRow>("group_name", row => row.GroupName),
                new LongColumn<SpanRow>("group_hash", row => row.Group),
                new TextColumn<SpanRow>("category", row => row.Category),
                new TextColumn<SpanRow>("domain", row => row.Domain),
                new TextColumn<SpanRow>("action", row => row.Action),
                new TextColumn<SpanRow>("status", row => row.Status, Nullable: false),
                new TruthColumn<SpanRow>("failed", row => row.Failed),
                new TextColumn<SpanRow>("kind", row => row.Kind),
                new TextColumn<SpanRow>("origin", row => row.Origin),
                new TextColumn<SpanRow>("transaction_name", row => row.Transaction),
                new TextColumn<SpanRow>("transaction_op", row => row.TransactionOp),
                new TextColumn<SpanRow>("service", row => row.Service),
                new TextColumn<SpanRow>("platform", row => row.Platform, Nullable: false),
                new TextColumn<SpanRow>("environment", row => row.Environment),
                new TextColumn<SpanRow>("release", row => row.Release),
                new TextColumn<SpanRow>("dist", row => row.Dist),
                new TextColumn<SpanRow>("server_name", row => row.ServerName),
                new TextColumn<SpanRow>("sdk_name", row => row.SdkName),
                new TextColumn<SpanRow>("sdk_version", row => row.SdkVersion),
                new TextColumn<SpanRow>("user_key", row => row.User),
                new TextColumn<SpanRow>("browser", row => row.Browser),
                new TextColumn<SpanRow>("browser_version", row => row.BrowserVersion),
                new TextColumn<SpanRow>("os", row => row.Os),
                new TextColumn<SpanRow>("device", row => row.Device),
                new TextColumn<SpanRow>("connection", row => row.Connection),
                new TextColumn<SpanRow>("country", row => row.Country),
                new TextColumn<SpanRow>("http_method", row => row.HttpMethod),
                new IntegerColumn<SpanRow>("http_status", row => row.HttpStatus, Nullable: true),
                new TextColumn<SpanRow>("url", row => row.Url),
                new IdColumn<SpanRow>("event_id", row => row.EventId, Nullable: true),
                new IdColumn<SpanRow>("profile_id", row => row.ProfileId, Nullable: true),
                new IdColumn<SpanRow>("replay_id", row => row.ReplayId, Nullable: true),
                new RealColumn<SpanRow>("lcp", row => row.Lcp),
                new RealColumn<SpanRow>("fcp", row => row.Fcp),
                new RealColumn<SpanRow>("cls", row => row.Cls),
                new RealColumn<SpanRow>("inp", row => row.Inp),
                new RealColumn<SpanRow>("ttfb", row => row.Ttfb),
                new RealColumn<SpanRow>("fid", row => row.Fid),
                new RealColumn<SpanRow>("weight", row => row.Weight, Nullable: false),
                new RealColumn<SpanRow>("client_sample_rate", row => row.ClientSampleRate),
                new TextColumn<SpanRow>("measurements", row => row.Measurements, Nullable: false),
                new TextColumn<SpanRow>("attributes", row => row.Attributes, Nullable: false),
                new TextColumn<SpanRow>("links", row => row.Links),
                new IntegerColumn<SpanRow>("payload_segment", row => row.Segment),
                new LongColumn<SpanRow>("payload_offset", row => row.Offset),
                new IntegerColumn<SpanRow>("payload_length", row => row.Length),
            ]
        );

    /// <summary>
    /// Spans that are the root of a service's part of a trace, apart from the others: lists of transactions are made of them, and the others are
    /// twenty times as many.
    /// </summary>
    public static Table<SpanRow> Segments { get; } = Spans with { Name = "segments" };

    public static Table<OutcomeRow> Outcomes { get; } =
        new(
            "outcomes",
            [
                new LongColumn<OutcomeRow>("organization_id", row => row.OrganizationId),
                new LongColumn<OutcomeRow>("project_id", row => row.ProjectId),
                new LongColumn<OutcomeRow>("key_id", row => row.KeyId, Nullable: true),
                new LongColumn<OutcomeRow>("timestamp", row => row.Timestamp),
                new IntegerColumn<OutcomeRow>("outcome", row => row.Outcome),
                new TextColumn<OutcomeRow>("reason", row => row.Reason, Nullable: false),
                new TextColumn<OutcomeRow>("category", row => row.Category, Nullable: false),
                new LongColumn<OutcomeRow>("quantity", row => row.Quantity),
            ]
        );

    /// <summary>Segments and other spans, as a source of rows.</summary>
    public static string AllSpans(string catalog) => $"(FROM {catalog}.{Segments.Name} UNION ALL FROM {catalog}.{Spans.Name})";

    /// <summary>Each row into its table.</summary>
    public static void Append(Connection connection, string catalog, TelemetryBatch batch)
    {
        var spans = batch.Spans.ToLookup(row => row.IsSegment);
        Events.Append(connection, catalog, batch.Events, batch.Position);
        Segments.Append(connection, catalog, [.. spans[true]], batch.Position);
        Spans.Append(connection, catalog, [.. spans[false]], batch.Position);
        Outcomes.Append(connection, catalog, batch.Outcomes, batch.Position);
    }

    /// <summary>One row per batch; the largest is how far the day's file has come.</summary>
    public const string Applied = "applied";

    public static IReadOnlyList<string> All { get; } =
    [
        Events.Name,
        Segments.Name,
        Spans.Name,
        Outcomes.Name,
        Applied,
        .. Sums.All.SelectMany(sums => sums.Tables.All),
        TraceIndex.Table,
    ];

    /// <summary>Only in a closed day: the position up to which its rows are sorted and summed up.</summary>
    public const string Closed = "closed";
}
