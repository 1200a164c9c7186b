using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>
/// Puts the spans of one request together: which are segments, and to which segment the others belong. A segment is a span without parent or
/// with a remote one; where the client does not say whether it is remote, a server's or consumer's, and one whose parent stands in the request
/// under another service.
/// </summary>
/// <param name="counts">Only the number of spans is asked for, and which of them are none.</param>
sealed class OtlpAssembly(bool counts = false)
{
    readonly List<Service> services = [];
    readonly Dictionary<(UInt128 Trace, long Span), (OtlpDraft Draft, string? Service)> byId = [];
    readonly FaultCount refused = new();

    /// <summary>Spans may be read without what they say.</summary>
    public bool Counts => counts;

    /// <summary>An empty one for the same purpose.</summary>
    public OtlpAssembly Again() => new(counts);

    /// <summary>Good and bad.</summary>
    public long Count { get; private set; }

    public IReadOnlyList<RefusedSpans> Refused => refused.ToList();

    /// <summary>The resource that the spans added from now on belong to; it may become known after them.</summary>
    public void BeginService() => services.Add(new());

    /// <summary>The scope that the spans added from now on belong to; it may become known after them.</summary>
    public void BeginScope() => services[^1].Scopes.Add(new());

    public void Know(OtlpResource resource) => services[^1].Resource = resource;

    public void Know(OtlpScope scope) => services[^1].Scopes[^1].Scope = scope;

    public void Add(OtlpDraft draft)
    {
        Count++;
        if (draft.Fault is { } fault)
        {
            refused.Add(fault);
        }
        else if (!counts)
        {
            services[^1].Scopes[^1].Spans.Add(draft);
        }
    }

    public OtlpTraces Finish()
    {
        services.RemoveAll(service => !service.Spans.Any());
        foreach (var service in services)
        {
            foreach (var draft in service.Spans)
            {
                byId.TryAdd((draft.Span.TraceId!.Value, draft.Span.SpanId!.Value), (draft, service.Resource.ServiceName));
            }
        }
        foreach (var service in services)
        {
            foreach (var draft in service.Spans)
            {
                draft.Span.IsSegment = IsSegment(draft, service.Resource.ServiceName);
            }
        }
        return new() { Services = [.. services.Select(Finish)], Refused = Refused };
    }

    ServiceSpans Finish(Service service)
    {
        var spans = new List<Span>();
        var exceptions = new List<SpanThrow>();
        foreach (var scope in service.Scopes)
        {
            foreach (var draft in scope.Spans)
            {
                Place(draft, service.Resource.ServiceName);
                var span = draft.Finish(scope.Scope);
                spans.Add(span);
                for (var i = 0; i < draft.Events.Count; i++)
                {
                    if (OtlpDraft.IsException(draft.Events[i]))
                    {
                        exceptions.Add(new(span, draft.Events[i], i));
                    }
                }
            }
        }
        return new(service.Resource, spans, exceptions);
    }

    bool IsSegment(OtlpDraft draft, string? service)
    {
        if (draft.Span.ParentSpanId is null)
        {
            return true;
        }
        if (draft.HasRemoteParent is { } isRemote)
        {
            return isRemote;
        }
        return draft.Kind is 2 or 5 || (Parent(draft) is { } parent && parent.Service != service);
    }

    /// <summary>
    /// No segment where the chain of parents leaves the request, or runs in a circle: children are often exported before their parents end.
    /// What is found holds for the whole chain, so that no span is walked over twice.
    /// </summary>
    void Place(OtlpDraft draft, string? service)
    {
        var chain = new List<OtlpDraft>();
        OtlpDraft? current = draft;
        while (current is { IsPlaced: false })
        {
            current.IsPlaced = true;
            chain.Add(current);
            if (current.Span.IsSegment == true)
            {
                current.Span.SegmentId = current.Span.SpanId;
                break;
            }
            current = Parent(current) is { } parent && parent.Service == service ? parent.Draft : null;
        }
        foreach (var placed in chain)
        {
            placed.Span.SegmentId = current?.Span.SegmentId;
        }
    }

    (OtlpDraft Draft, string? Service)? Parent(OtlpDraft draft) =>
        draft.Span.ParentSpanId is { } parent && byId.TryGetValue((draft.Span.TraceId!.Value, parent), out var found)
            ? found
            : null;

    sealed class Service
    {
        public OtlpResource Resource { get; set; } = OtlpResource.Nameless;
        public List<ScopedSpans> Scopes { get; } = [];
        public IEnumerable<OtlpDraft> Spans => Scopes.SelectMany(scope => scope.Spans);
    }

    sealed class ScopedSpans
    {
        public OtlpScope Scope { get; set; } = OtlpScope.Nameless;
        public List<OtlpDraft> Spans { get; } = [];
    }
}
