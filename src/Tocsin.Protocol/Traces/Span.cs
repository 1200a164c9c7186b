namespace Tocsin.Protocol.Traces;

/// <summary>
/// One operation of a trace, from whichever of the four shapes it came: a transaction or one of its children, a span v2, a single span v1, an
/// OTLP span. Times are microseconds since 1970 UTC; ids are the wire's hex digits as numbers. Sentry's attribute names are used throughout;
/// other vocabularies are kept beside them under their own names.
/// </summary>
public sealed record Span
{
    public required UInt128 TraceId { get; init; }
    public required long SpanId { get; init; }
    public long? ParentSpanId { get; init; }

    /// <summary>The root span of the service that this span belongs to; null when the client does not say.</summary>
    public long? SegmentId { get; init; }

    /// <summary>The root of its service's part of the trace: a transaction, a span v2 that says so, an OTLP span without a local parent.</summary>
    public bool IsSegment { get; init; }

    public required long Start { get; init; }

    /// <summary>Not before <see cref="Start"/>.</summary>
    public required long End { get; init; }

    /// <summary><c>http.client</c>, <c>db.sql.query</c>…; null when the client does not say and none follows from the attributes.</summary>
    public string? Op { get; init; }

    /// <summary>A segment's transaction name, another span's description: <c>GET /cart</c>, <c>SELECT …</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Sentry's names: <c>ok</c>, <c>internal_error</c>, <c>not_found</c>…; null when unset.</summary>
    public string? Status { get; init; }

    /// <summary><c>server</c>, <c>client</c>, <c>producer</c>, <c>consumer</c> or <c>internal</c>; null when unset.</summary>
    public string? Kind { get; init; }

    public string? Origin { get; init; }

    /// <summary>Data, tags and attributes in one list; the first of equal keys wins.</summary>
    public IReadOnlyList<KeyedValue> Attributes { get; init; } = [];

    /// <summary>By their short name (<c>lcp</c>), in the unit that the client states.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    /// <summary>Points in time within the span; OTLP only.</summary>
    public IReadOnlyList<SpanEvent> Events { get; init; } = [];
}

/// <summary>An attribute under its name on the wire.</summary>
public readonly record struct KeyedValue(string Key, AttributeValue Value);

/// <summary>Unit: <c>millisecond</c>, <c>byte</c>…; null when the client names none.</summary>
public readonly record struct Measurement(string Name, double Value, string? Unit);

/// <summary>Another span that this one names, of this or another trace. Sampled: null when the client does not say.</summary>
public sealed record SpanLink(UInt128 TraceId, long SpanId, bool? Sampled, IReadOnlyList<KeyedValue> Attributes);

/// <summary>Time: microseconds since 1970 UTC.</summary>
public sealed record SpanEvent(string Name, long Time, IReadOnlyList<KeyedValue> Attributes);
