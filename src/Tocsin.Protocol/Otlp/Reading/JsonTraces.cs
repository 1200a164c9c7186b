using System.Text.Json;
using Tocsin.Protocol.Json;
using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>
/// <c>ExportTraceServiceRequest</c> in JSON: protobuf's mapping, but with ids in hex and enumerations as numbers. Names of enumerations, names
/// in snake case and ids in base64 are what careless exporters write; they are read too.
/// </summary>
static class JsonTraces
{
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static OtlpAssembly Read(ReadOnlySpan<byte> json, OtlpAssembly assembly)
    {
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[128]);
        cursor.Open();
        while (cursor.NextProperty())
        {
            if (cursor.Name is "resourceSpans" or "resource_spans")
            {
                JsonOtlp.Each(ref cursor, (ref entry) => ReadResourceSpans(ref entry, assembly));
            }
            else
            {
                cursor.Skip();
            }
        }
        cursor.Finish();
        return assembly;
    }

    static void ReadResourceSpans(ref JsonCursor cursor, OtlpAssembly assembly)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        assembly.BeginService();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "resource" when !assembly.Counts:
                    assembly.Know(ReadResource(ref cursor));
                    break;
                case "scopeSpans" or "scope_spans" or "instrumentationLibrarySpans":
                    JsonOtlp.Each(ref cursor, (ref entry) => ReadScopeSpans(ref entry, assembly));
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
    }

    static void ReadScopeSpans(ref JsonCursor cursor, OtlpAssembly assembly)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        assembly.BeginScope();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "scope" or "instrumentationLibrary":
                    assembly.Know(ReadScope(ref cursor));
                    break;
                case "spans":
                    JsonOtlp.Each(ref cursor, (ref span) => assembly.Add(ReadSpan(ref span, assembly.Counts)));
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
    }

    static OtlpResource ReadResource(ref JsonCursor cursor)
    {
        var attributes = new AttributeList();
        if (cursor.OpenObject())
        {
            while (cursor.NextProperty())
            {
                if (cursor.Name is "attributes")
                {
                    JsonOtlp.ReadInto(attributes, ref cursor);
                }
                else
                {
                    cursor.Skip();
                }
            }
        }
        return OtlpResource.Of(attributes);
    }

    static OtlpScope ReadScope(ref JsonCursor cursor)
    {
        var scope = OtlpScope.Nameless;
        if (cursor.OpenObject())
        {
            while (cursor.NextProperty())
            {
                scope = cursor.Name switch
                {
                    "name" => scope with { Name = cursor.Text() },
                    "version" => scope with { Version = cursor.Text() },
                    _ => cursor.Skip(scope),
                };
            }
        }
        return scope;
    }

    /// <summary>What is no object is a span without anything, which is refused.</summary>
    static OtlpDraft ReadSpan(ref JsonCursor cursor, bool counts)
    {
        var draft = new OtlpDraft();
        if (!cursor.OpenObject())
        {
            return draft;
        }
        var span = draft.Span;
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "traceId" or "trace_id":
                    span.TraceId = JsonOtlp.TraceId(ref cursor);
                    break;
                case "spanId" or "span_id":
                    span.SpanId = JsonOtlp.SpanId(ref cursor);
                    break;
                case "parentSpanId" or "parent_span_id":
                    span.ParentSpanId = JsonOtlp.SpanId(ref cursor);
                    break;
                case "traceState" or "trace_state":
                    draft.TraceState = cursor.Text();
                    break;
                case "name":
                    span.Name = cursor.Text();
                    break;
                case "kind":
                    draft.Kind = JsonOtlp.Kind(ref cursor);
                    break;
                case "startTimeUnixNano" or "start_time_unix_nano":
                    span.Start = JsonOtlp.Time(ref cursor);
                    break;
                case "endTimeUnixNano" or "end_time_unix_nano":
                    span.End = JsonOtlp.Time(ref cursor);
                    break;
                case "flags":
                    draft.Flags = (uint)(cursor.Integer() ?? 0);
                    break;
                case var _ when counts:
                    cursor.Skip();
                    break;
                default:
                    ReadContents(ref cursor, draft);
                    break;
            }
        }
        return draft;
    }

    static void ReadContents(ref JsonCursor cursor, OtlpDraft draft)
    {
        switch (cursor.Name)
        {
            case "attributes":
                JsonOtlp.ReadInto(draft.Span.Attributes, ref cursor);
                break;
            case "droppedAttributesCount" or "dropped_attributes_count":
                draft.DroppedAttributes = cursor.Integer() ?? 0;
                break;
            case "events":
                JsonOtlp.Each(ref cursor, (ref happened) => ReadEvent(ref happened, draft));
                break;
            case "droppedEventsCount" or "dropped_events_count":
                draft.DroppedEvents += cursor.Integer() ?? 0;
                break;
            case "links":
                JsonOtlp.Each(ref cursor, (ref link) => ReadLink(ref link, draft));
                break;
            case "droppedLinksCount" or "dropped_links_count":
                draft.DroppedLinks += cursor.Integer() ?? 0;
                break;
            case "status":
                ReadStatus(ref cursor, draft);
                break;
            default:
                cursor.Skip();
                break;
        }
    }

    static void ReadEvent(ref JsonCursor cursor, OtlpDraft draft)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        var (name, time) = ("", draft.Span.Start);
        var attributes = new AttributeList();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "timeUnixNano" or "time_unix_nano":
                    time = JsonOtlp.Time(ref cursor) ?? time;
                    break;
                case "name":
                    name = cursor.Text() ?? "";
                    break;
                case "attributes":
                    JsonOtlp.ReadInto(attributes, ref cursor);
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        draft.Add(new SpanEvent(name, OtlpTime.Microseconds(time), attributes.ToList()));
    }

    static void ReadLink(ref JsonCursor cursor, OtlpDraft draft)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        UInt128? trace = null;
        long? span = null;
        long? flags = null;
        var attributes = new AttributeList();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "traceId" or "trace_id":
                    trace = JsonOtlp.TraceId(ref cursor);
                    break;
                case "spanId" or "span_id":
                    span = JsonOtlp.SpanId(ref cursor);
                    break;
                case "flags":
                    flags = cursor.Integer();
                    break;
                case "attributes":
                    JsonOtlp.ReadInto(attributes, ref cursor);
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        if (trace is { } traceId && span is { } spanId)
        {
            draft.Add(new SpanLink(traceId, spanId, flags is { } set ? (set & 1) != 0 : null, attributes.ToList()));
        }
    }

    static void ReadStatus(ref JsonCursor cursor, OtlpDraft draft)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "message":
                    draft.StatusMessage = cursor.Text();
                    break;
                case "code" when cursor.Token == JsonTokenType.String:
                    draft.StatusCode = StatusCode(cursor.PeekText());
                    break;
                case "code":
                    draft.StatusCode = (int)(cursor.Integer() ?? 0);
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
    }

    static int StatusCode(string text) =>
        text.ToUpperInvariant() switch
        {
            "STATUS_CODE_OK" or "OK" or "1" => 1,
            "STATUS_CODE_ERROR" or "ERROR" or "2" => 2,
            _ => 0,
        };
}
