namespace Tocsin.Protocol;

/// <summary>What quotas, rate limits, client reports and statistics count. The names are the wire's.</summary>
public static class DataCategory
{
    public const string Default = "default";
    public const string Error = "error";
    public const string Transaction = "transaction";
    public const string Security = "security";

    /// <summary>Counted in bytes.</summary>
    public const string Attachment = "attachment";
    public const string Session = "session";
    public const string Profile = "profile";
    public const string Replay = "replay";
    public const string TransactionProcessed = "transaction_processed";
    public const string TransactionIndexed = "transaction_indexed";
    public const string Monitor = "monitor";
    public const string ProfileIndexed = "profile_indexed";
    public const string Span = "span";
    public const string MonitorSeat = "monitor_seat";
    public const string Feedback = "feedback";
    public const string MetricBucket = "metric_bucket";
    public const string SpanIndexed = "span_indexed";
    public const string ProfileDuration = "profile_duration";
    public const string ProfileChunk = "profile_chunk";
    public const string MetricSecond = "metric_second";
    public const string ReplayVideo = "replay_video";
    public const string Uptime = "uptime";
    public const string AttachmentItem = "attachment_item";
    public const string LogItem = "log_item";

    /// <summary>Counted in bytes.</summary>
    public const string LogByte = "log_byte";
    public const string ProfileDurationUi = "profile_duration_ui";
    public const string ProfileChunkUi = "profile_chunk_ui";
    public const string SeerAutofix = "seer_autofix";
    public const string SeerScanner = "seer_scanner";
    public const string TraceMetric = "trace_metric";
    public const string Internal = "internal";

    /// <summary>Every name, in the order of Sentry's numbers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Default,
        Error,
        Transaction,
        Security,
        Attachment,
        Session,
        Profile,
        Replay,
        TransactionProcessed,
        TransactionIndexed,
        Monitor,
        ProfileIndexed,
        Span,
        MonitorSeat,
        Feedback,
        MetricBucket,
        SpanIndexed,
        ProfileDuration,
        ProfileChunk,
        MetricSecond,
        ReplayVideo,
        Uptime,
        AttachmentItem,
        LogItem,
        LogByte,
        ProfileDurationUi,
        ProfileChunkUi,
        SeerAutofix,
        SeerScanner,
        TraceMetric,
        Internal,
    ];
}
