using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>An OTLP span while it is read, whichever encoding it has.</summary>
sealed class OtlpDraft
{
    /// <summary>Beyond it events and links of one span are left out: nobody looks at so many, and each costs more memory than bytes.</summary>
    const int MostParts = 1000;
    const int LongestScope = 200;

    readonly List<SpanEvent> events = [];
    readonly List<SpanLink> links = [];

    public SpanDraft Span { get; } = new();
    public int Kind { get; set; }
    public uint Flags { get; set; }

    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public int StatusCode { get; set; }
    public string? StatusMessage { get; set; }
    public string? TraceState { get; set; }
    public long DroppedAttributes { get; set; }
    public long DroppedEvents { get; set; }
    public long DroppedLinks { get; set; }
    public IReadOnlyList<SpanEvent> Events => events;

    /// <summary>Set when its bytes end in the middle of a field.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether it is known to which segment it belongs, or that none can be found.</summary>
    public bool IsPlaced { get; set; }

    public string? Fault =>
        IsBroken ? "the message is broken"
        : Span.Fault is { } fault ? fault
        : Span.End is null ? "end is missing or no time"
        : null;

    /// <summary>Null: the client does not say.</summary>
    public bool? HasRemoteParent => (Flags & 0x100) == 0 ? null : (Flags & 0x200) != 0;

    public void Add(SpanEvent happened)
    {
        if (events.Count < MostParts)
        {
            events.Add(happened);
        }
        else
        {
            DroppedEvents++;
        }
    }

    public void Add(SpanLink link)
    {
        if (links.Count < MostParts)
        {
            links.Add(link);
        }
        else
        {
            DroppedLinks++;
        }
    }

    /// <summary>For one without a fault.</summary>
    public Span Finish(OtlpScope scope)
    {
        var attributes = Span.Attributes;
        var kind = KindName(Kind);
        Span.Kind = kind;
        Span.Op = attributes.Text("sentry.op") ?? ConventionalOp.Of(attributes, kind, scope.Name);
        Span.Status = OtlpStatus.Of(StatusCode, StatusMessage, attributes);
        Span.Links = links.Count > 0 ? links : [];
        Add("sentry.status.message", StatusMessage);
        Add("otel.scope.name", Short(scope.Name));
        Add("otel.scope.version", Short(scope.Version));
        Add("otel.trace_state", TraceState);
        Add("otel.dropped_attributes_count", DroppedAttributes);
        Add("otel.dropped_events_count", DroppedEvents);
        Add("otel.dropped_links_count", DroppedLinks);
        var read = Span.Finish(Span.Start!.Value, Span.End!.Value);
        return Events.Any(happened => !IsException(happened))
            ? read with
            {
                Events = [.. Events.Where(happened => !IsException(happened))],
            }
            : read;
    }

    /// <summary>It stands in each of the scope's spans.</summary>
    static string? Short(string? text) => ShortText.Of(text, LongestScope);

    public static bool IsException(SpanEvent happened) => happened.Name == "exception";

    /// <summary>As OTLP counts it, from 1.</summary>
    static string? KindName(int kind) =>
        kind switch
        {
            1 => SpanKind.Internal,
            2 => SpanKind.Server,
            3 => SpanKind.Client,
            4 => SpanKind.Producer,
            5 => SpanKind.Consumer,
            _ => null,
        };

    void Add(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Span.Attributes.Add(key, AttributeValue.Of(value));
        }
    }

    void Add(string key, long count)
    {
        if (count > 0)
        {
            Span.Attributes.Add(key, AttributeValue.Of(count));
        }
    }
}

/// <summary>The library that made the spans.</summary>
sealed record OtlpScope(string? Name, string? Version)
{
    public static OtlpScope Nameless { get; } = new(null, null);
}
