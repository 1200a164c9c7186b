using static Tocsin.Telemetry.Query.FieldType;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Spans under every name that Sentry's APIs have had for them; durations are milliseconds. A name that is not here is an attribute.
/// </summary>
public sealed partial class FieldTable
{
    static IReadOnlySet<string> Hidden { get; } = Kept.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);

    public static FieldTable Spans { get; } =
        new([.. Identity, .. Operation, .. Service, .. Visitor, .. Measured, .. Kept])
        {
            TagColumn = "attributes",
            WeightColumn = "weight",
            HasTypedTags = true,
            Prose = ["span.description", "transaction"],
            IsTag = field => !Hidden.Contains(field.Name),
            Aliases = OtherNames,
        };

    static Dictionary<string, string> OtherNames =>
        new(StringComparer.Ordinal)
        {
            ["description"] = "span.description",
            ["message"] = "span.description",
            ["title"] = "transaction",
            ["span.module"] = "span.category",
            ["span.system"] = "db.system",
            ["sentry.trace_id"] = "trace",
            ["sentry.parent_span_id"] = "parent_span",
            ["sentry.segment_name"] = "transaction",
            ["sentry.duration_ms"] = "span.duration",
            ["sentry.exclusive_time_ms"] = "span.self_time",
            ["sentry.trace.status"] = "span.status",
        };

    static IEnumerable<DatasetField> Identity =>
        [
            .. Named(SpanId, "span_id", "id", "span_id", "span"),
            .. Named(Id, "trace_id", "trace"),
            .. Named(SpanId, "parent_span_id", "parent_span", "parent_span_id", "trace.parent_span"),
            .. Named(SpanId, "segment_id", "segment.id", "segment_id", "transaction.span_id"),
            .. Named(FieldType.Boolean, "is_segment", "is_transaction", "span.is_segment"),
            .. Named(Id, "event_id", "event.id", "transaction.event_id", "transaction.id"),
            .. Named(Id, "profile_id", "profile.id"),
            .. Named(Id, "replay_id", "replay.id", "replayId"),
            .. Named(Number, "project_id", "project.id", "project_id"),
            .. Named(Time, "timestamp", "timestamp"),
            .. Named(Time, "received", "received"),
        ];

    static IEnumerable<DatasetField> Operation =>
        [
            .. Milliseconds("duration", "span.duration", "transaction.duration"),
            .. Milliseconds("self_time", "span.self_time", "span.exclusive_time"),
            .. Named(Text, "op", "span.op"),
            .. Named(Text, "description", "span.description", "span.name"),
            .. Named(Text, "group_name", "sentry.normalized_description", "span.normalized_description"),
            new("span.group", SpanId) { Column = "group_hash", Sql = "nullif(group_hash, 0)" },
            .. Named(Text, "category", "span.category"),
            .. Named(Text, "domain", "span.domain"),
            .. Named(Text, "action", "span.action"),
            .. Named(Text, "status", "span.status", "transaction.status", "trace.status"),
            .. Named(FieldType.Boolean, "failed", "span.failed"),
            .. Named(Text, "kind", "span.kind"),
            .. Named(Text, "origin", "span.origin", "origin"),
            .. Named(Text, "transaction_name", "transaction", "segment.name"),
            .. Named(Text, "transaction_op", "transaction.op"),
            .. Named(Text, "http_method", "http.method", "http.request.method", "request.method", "transaction.method"),
            .. Named(Number, "http_status", "http.status_code", "span.status_code", "http.response.status_code"),
            .. Named(Text, "url", "url", "http.url", "url.full"),
        ];

    static IEnumerable<DatasetField> Service =>
        [
            .. Named(Text, "service", "service.name", "service"),
            .. Named(Text, "platform", "platform", "platform.name"),
            .. Named(Text, "environment", "environment"),
            .. Named(Text, "release", "release"),
            .. Named(Text, "dist", "dist"),
            .. Named(Text, "server_name", "server_name"),
            .. Named(Text, "sdk_name", "sdk.name"),
            .. Named(Text, "sdk_version", "sdk.version"),
        ];

    static IEnumerable<DatasetField> Visitor =>
        [
            .. Named(Text, "user_key", "user"),
            .. Named(Text, "browser", "browser.name"),
            .. Named(Text, "browser_version", "browser.version"),
            .. Named(Text, "os", "os.name"),
            .. Named(Text, "device", "device.class", "device"),
            .. Named(Text, "connection", "connection", "connection.effective_type", "effectiveConnectionType"),
            .. Named(Text, "country", "user.geo.country_code", "geo.country_code", "country"),
        ];

    static IEnumerable<DatasetField> Measured =>
        [
            .. Named(Duration, "lcp", "measurements.lcp"),
            .. Named(Duration, "fcp", "measurements.fcp"),
            .. Named(Duration, "inp", "measurements.inp"),
            .. Named(Duration, "ttfb", "measurements.ttfb"),
            .. Named(Duration, "fid", "measurements.fid"),
            .. Named(Real, "cls", "measurements.cls"),
            .. Named(Real, "weight", "sampling.weight"),
            .. Named(Real, "client_sample_rate", "client_sample_rate", "sampling.client_rate"),
        ];

    /// <summary>Parts of the row that are no tags, whatever attribute is called so.</summary>
    static IEnumerable<DatasetField> Kept =>
        [
            .. Named(Text, "measurements", "measurements"),
            .. Named(Text, "attributes", "attributes"),
            .. Named(Text, "links", "links"),
            .. Named(Number, "payload_segment", "payload.segment"),
            .. Named(Number, "payload_offset", "payload.offset"),
            .. Named(Number, "payload_length", "payload.length"),
        ];

    static IEnumerable<DatasetField> Named(FieldType type, string column, params IEnumerable<string> names) =>
        names.Select(name => Column(name, type, column));

    /// <summary>A column of microseconds.</summary>
    static IEnumerable<DatasetField> Milliseconds(string column, params IEnumerable<string> names) =>
        names.Select(name => new DatasetField(name, Duration) { Column = column, IsOfMicroseconds = true });
}
