using System.Collections.Frozen;

namespace Tocsin.Protocol;

/// <summary>The item types of an envelope by their names on the wire. An unknown one is legal and never an error.</summary>
public static class ItemType
{
    public const string Event = "event";
    public const string Transaction = "transaction";

    /// <summary>A CSP, Expect-CT, Expect-Staple or HPKP report as an event.</summary>
    public const string Security = "security";

    /// <summary>The body of <c>/security/</c> as the browser sent it.</summary>
    public const string RawSecurity = "raw_security";
    public const string Attachment = "attachment";
    public const string Session = "session";

    /// <summary>Aggregates of many sessions.</summary>
    public const string Sessions = "sessions";

    /// <summary>The feedback of old clients.</summary>
    public const string UserReport = "user_report";
    public const string Feedback = "feedback";
    public const string ClientReport = "client_report";
    public const string CheckIn = "check_in";
    public const string ReplayEvent = "replay_event";
    public const string ReplayRecording = "replay_recording";
    public const string ReplayVideo = "replay_video";
    public const string Profile = "profile";
    public const string ProfileChunk = "profile_chunk";

    /// <summary>What Android 8.10 and 8.11 call a <see cref="ProfileChunk"/>.</summary>
    public const string ProfileChunkUi = "profile_chunk_ui";

    /// <summary>One span, or a container of spans: <c>content_type</c> tells.</summary>
    public const string Span = "span";

    /// <summary>An OTLP span as JSON; removed from the protocol.</summary>
    public const string OtelSpan = "otel_span";
    public const string Log = "log";

    /// <summary>An OTLP log record as JSON; legacy.</summary>
    public const string OtelLog = "otel_log";
    public const string TraceMetric = "trace_metric";
    public const string Statsd = "statsd";
    public const string MetricBuckets = "metric_buckets";
    public const string MetricMeta = "metric_meta";
    public const string Nel = "nel";
    public const string FormData = "form_data";
    public const string UnrealReport = "unreal_report";

    /// <summary>Internal to Sentry's own servers: an envelope from a client that holds one is refused.</summary>
    public const string Integration = "integration";

    static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            Event,
            Transaction,
            Security,
            RawSecurity,
            Attachment,
            Session,
            Sessions,
            UserReport,
            Feedback,
            ClientReport,
            CheckIn,
            ReplayEvent,
            ReplayRecording,
            ReplayVideo,
            Profile,
            ProfileChunk,
            ProfileChunkUi,
            Span,
            OtelSpan,
            Log,
            OtelLog,
            TraceMetric,
            Statsd,
            MetricBuckets,
            MetricMeta,
            Nel,
            FormData,
            UnrealReport,
            Integration,
        ]
    );

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    internal static bool IsKnown(string type) => Known.Contains(type);

    /// <summary>The known names without an allocation.</summary>
    internal static string Intern(ReadOnlySpan<char> type) => BySpan.TryGetValue(type, out var known) ? known : type.ToString();
}
