namespace Tocsin.Telemetry.Rows;

/// <summary>
/// One span as columns. Times are microseconds since 1970 UTC, durations microseconds. What is known of the segment (transaction, user, browser,
/// release…) stands in each of its spans that arrived with it, so that a question about spans needs no join.
/// </summary>
public sealed record SpanRow
{
    public required long ProjectId { get; init; }
    public required UInt128 TraceId { get; init; }
    public required long SpanId { get; init; }
    public long? ParentSpanId { get; init; }

    /// <summary>The root span of the service's part of the trace.</summary>
    public long? SegmentId { get; init; }
    public bool IsSegment { get; init; }

    /// <summary>The start.</summary>
    public required long Timestamp { get; init; }
    public required long Received { get; init; }
    public required long Duration { get; init; }

    /// <summary>The duration less the union of the children that arrived with it.</summary>
    public required long SelfTime { get; init; }

    /// <summary><c>default</c> when nothing tells.</summary>
    public string Op { get; init; } = "default";

    /// <summary>As the client wrote it, scrubbed.</summary>
    public string? Description { get; init; }

    /// <summary>The description without literals and ids; what spans of one group share.</summary>
    public string? GroupName { get; init; }

    /// <summary>Stable hash of op and <see cref="GroupName"/>; 0: belongs to no group.</summary>
    public long Group { get; init; }

    /// <summary><c>http</c>, <c>db</c>, <c>cache</c>, <c>queue</c>, <c>resource</c>, <c>browser</c>, <c>ui</c>…: the first part of the op, or what it stands for.</summary>
    public string? Category { get; init; }

    /// <summary>Host, table, queue or cache that the span talks to.</summary>
    public string? Domain { get; init; }

    /// <summary>SELECT, GET, publish…</summary>
    public string? Action { get; init; }

    /// <summary>Sentry's names; <c>unknown</c> when unset.</summary>
    public string Status { get; init; } = "unknown";

    /// <summary>Neither ok, cancelled nor unknown.</summary>
    public bool Failed { get; init; }
    public string? Kind { get; init; }
    public string? Origin { get; init; }

    /// <summary>The name of the segment, cleaned of ids where its source asks for it.</summary>
    public string? Transaction { get; init; }
    public string? TransactionOp { get; init; }

    /// <summary>The service: OTLP's <c>service.name</c>; null when the project stands for it.</summary>
    public string? Service { get; init; }
    public string Platform { get; init; } = "other";
    public string? Environment { get; init; }
    public string? Release { get; init; }
    public string? Dist { get; init; }
    public string? ServerName { get; init; }
    public string? SdkName { get; init; }
    public string? SdkVersion { get; init; }

    /// <summary>As in <see cref="EventRow.User"/>.</summary>
    public string? User { get; init; }
    public string? Browser { get; init; }
    public string? BrowserVersion { get; init; }
    public string? Os { get; init; }

    /// <summary><c>desktop</c>, <c>mobile</c>, <c>tablet</c>; null when unknown.</summary>
    public string? Device { get; init; }

    /// <summary><c>4g</c>, <c>3g</c>…: the browser's effective connection type.</summary>
    public string? Connection { get; init; }

    /// <summary>ISO 3166 alpha 2.</summary>
    public string? Country { get; init; }
    public string? HttpMethod { get; init; }
    public int? HttpStatus { get; init; }
    public string? Url { get; init; }

    /// <summary>The transaction's event id, where the segment came as one.</summary>
    public UInt128? EventId { get; init; }
    public UInt128? ProfileId { get; init; }
    public UInt128? ReplayId { get; init; }

    /// <summary>Web vitals of a page load, or of the span that brings one later: milliseconds, CLS without unit.</summary>
    public double? Lcp { get; init; }
    public double? Fcp { get; init; }
    public double? Cls { get; init; }
    public double? Inp { get; init; }
    public double? Ttfb { get; init; }
    public double? Fid { get; init; }

    /// <summary>How many spans this row stands for: 1, divided by the client's rate and by that of the project's rule. 1 when nothing was left out.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The rate at which the client sampled, above 0, at most 1; null when it does not say.</summary>
    public double? ClientSampleRate { get; init; }

    /// <summary>JSON object <c>{"name":{"value":1.5,"unit":"millisecond"}}</c>; <c>{}</c> when there are none.</summary>
    public string Measurements { get; init; } = "{}";

    /// <summary>JSON object of typed values, without what columns hold; <c>{}</c> when there are none.</summary>
    public string Attributes { get; init; } = "{}";

    /// <summary>JSON array of <c>{"trace_id","span_id","attributes"}</c>; null when there are none.</summary>
    public string? Links { get; init; }

    /// <summary>Where the transaction's body lies in the payload segments; Length 0: none.</summary>
    public int Segment { get; init; }
    public long Offset { get; init; }
    public int Length { get; init; }
}
