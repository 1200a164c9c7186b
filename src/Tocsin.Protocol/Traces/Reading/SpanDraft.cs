namespace Tocsin.Protocol.Traces.Reading;

/// <summary>A span while it is read: nothing is required yet.</summary>
sealed class SpanDraft
{
    public UInt128? TraceId { get; set; }
    public long? SpanId { get; set; }
    public long? ParentSpanId { get; set; }
    public long? SegmentId { get; set; }
    public bool? IsSegment { get; set; }
    public DateTimeOffset? Start { get; set; }
    public DateTimeOffset? End { get; set; }
    public string? Op
    {
        get;
        set => field = Clean(value);
    }
    public string? Name
    {
        get;
        set => field = Clean(value);
    }
    public string? Status { get; set; }
    public string? Kind { get; set; }
    public string? Origin
    {
        get;
        set => field = Clean(value);
    }
    public AttributeList Attributes { get; } = new();
    public IReadOnlyList<Measurement> Measurements { get; set; } = [];
    public IReadOnlyList<SpanLink> Links { get; set; } = [];

    /// <summary>Why this is no span: what has no place in a trace or never began is none. Null for one that is.</summary>
    public string? Fault =>
        TraceId is null ? "trace_id is missing or none"
        : SpanId is null ? "span_id is missing or none"
        : Start is null ? "start is missing or no time"
        : null;

    /// <summary>What the client says, or an attribute does.</summary>
    public string? KindStated => Kind ?? SpanKind.Read(Attributes.Text("sentry.kind") ?? Attributes.Text("otel.kind"));

    /// <summary>For one without a fault. One that ends before it starts has no duration.</summary>
    public Span Finish(DateTimeOffset start, DateTimeOffset end) =>
        new()
        {
            TraceId = TraceId!.Value,
            SpanId = SpanId!.Value,
            ParentSpanId = ParentSpanId == SpanId ? null : ParentSpanId,
            SegmentId = SegmentId,
            IsSegment = IsSegment ?? (SegmentId == SpanId),
            Start = Microseconds(start),
            End = Microseconds(end < start ? start : end),
            Op = Op ?? Attributes.Text("sentry.op"),
            Name = Name,
            Status = Status,
            Kind = KindStated,
            Origin = Origin ?? Attributes.Text("sentry.origin"),
            Attributes = Attributes.ToList(),
            Measurements = Measurements,
            Links = Links,
        };

    static string? Clean(string? text) => text is null ? null : SpanText.WithoutNul(text);

    static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
