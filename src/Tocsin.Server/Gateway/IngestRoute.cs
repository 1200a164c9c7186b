using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;

namespace Tocsin.Server.Gateway;

/// <summary>
/// One path of the gateway, as metadata of its endpoint. Routes that carry it are public: a client key opens them, which the
/// gateway checks itself.
/// </summary>
/// <param name="Category">What a request counts as that is refused before its items are known.</param>
sealed record IngestRoute(string Pattern, Door Door, AckForm Ack, string Category)
{
    public bool TakesGet { get; init; }

    /// <summary>Of OpenTelemetry's doors.</summary>
    public OtlpSignal? Signal { get; init; }

    /// <summary>The request is a gRPC call; its path names the method.</summary>
    public bool IsGrpc { get; init; }

    public bool Takes(string method) => HttpMethods.IsPost(method) || (TakesGet && HttpMethods.IsGet(method));

    /// <summary>Every request here costs a token of the error quotas, so that one that has none need not be read.</summary>
    public bool IsError => Door is Door.Store or Door.Security or Door.Minidump or Door.Unreal;

    /// <summary>Crash uploaders and cron jobs do not know 429: what the quota refuses is counted and answered as a success.</summary>
    public bool IsNeverLimited => Door is Door.Minidump or Door.Unreal or Door.CheckIn;

    public static IReadOnlyList<IngestRoute> All { get; } =
    [
        new("/api/{project}/envelope/", Door.Envelope, AckForm.EventId, DataCategory.Default),
        // For pages that use us as their own tunnel: the key stands in the envelope's header. Nothing is ever forwarded.
        new("/tunnel/", Door.Envelope, AckForm.EventId, DataCategory.Default),
        new("/api/{project}/store/", Door.Store, AckForm.EventId, DataCategory.Error) { TakesGet = true },
        new("/api/store/", Door.Store, AckForm.EventId, DataCategory.Error) { TakesGet = true },
        new("/api/{project}/security/", Door.Security, AckForm.Nothing, DataCategory.Security),
        new("/api/{project}/csp-report/", Door.Security, AckForm.Nothing, DataCategory.Security),
        new("/api/{project}/nel/", Door.Nel, AckForm.Nothing, DataCategory.Default),
        new("/api/{project}/minidump/", Door.Minidump, AckForm.Uuid, DataCategory.Error),
        new("/api/{project}/unreal/{key}/", Door.Unreal, AckForm.Uuid, DataCategory.Error),
        new("/api/{project}/events/{event}/attachments/", Door.Attachments, AckForm.Created, DataCategory.Attachment),
        new("/api/{project}/cron/{slug}/", Door.CheckIn, AckForm.Accepted, DataCategory.Monitor) { TakesGet = true },
        new("/api/{project}/cron/{slug}/{key}/", Door.CheckIn, AckForm.Accepted, DataCategory.Monitor) { TakesGet = true },
        new("/api/{project}/integration/vercel/logs/", Door.Drain, AckForm.Nothing, DataCategory.LogItem),
        new("/api/{project}/integration/heroku/logs/", Door.Drain, AckForm.Nothing, DataCategory.LogItem),
        .. Otlp("/api/{project}/integration/otlp"),
        .. Otlp("/api/{project}/otlp"),
        .. Otlp(""),
        Grpc("trace.v1.TraceService", OtlpSignal.Traces),
        Grpc("logs.v1.LogsService", OtlpSignal.Logs),
        Grpc("metrics.v1.MetricsService", OtlpSignal.Metrics),
    ];

    /// <summary>Any other path below a project's.</summary>
    public static IngestRoute Unknown { get; } = new("", Door.Envelope, AckForm.Nothing, DataCategory.Default);

    static IEnumerable<IngestRoute> Otlp(string prefix) =>
        [
            Otlp($"{prefix}/v1/traces/", OtlpSignal.Traces),
            Otlp($"{prefix}/v1/logs/", OtlpSignal.Logs),
            Otlp($"{prefix}/v1/metrics/", OtlpSignal.Metrics),
        ];

    static IngestRoute Grpc(string service, OtlpSignal signal) =>
        Otlp($"/opentelemetry.proto.collector.{service}/Export", signal) with
        {
            IsGrpc = true,
        };

    static IngestRoute Otlp(string pattern, OtlpSignal signal) =>
        new(
            pattern,
            Door.Otlp,
            AckForm.Otlp,
            signal switch
            {
                OtlpSignal.Traces => DataCategory.Span,
                OtlpSignal.Logs => DataCategory.LogItem,
                _ => DataCategory.TraceMetric,
            }
        )
        {
            Signal = signal,
        };
}

/// <summary>How a success is answered.</summary>
enum AckForm
{
    /// <summary><c>{"id":"…"}</c>; for a GET a transparent pixel.</summary>
    EventId,

    /// <summary>200 without a body.</summary>
    Nothing,

    /// <summary>The event id as a hyphenated UUID in plain text.</summary>
    Uuid,

    /// <summary>201.</summary>
    Created,

    /// <summary>202.</summary>
    Accepted,

    /// <summary>An export response in the format of the request.</summary>
    Otlp,
}
