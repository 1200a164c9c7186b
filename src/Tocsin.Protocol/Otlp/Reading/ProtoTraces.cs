using System.Buffers.Binary;
using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>
/// <c>ExportTraceServiceRequest</c> in protobuf. The numbers are the fields' in opentelemetry/proto/trace/v1/trace.proto.
/// </summary>
static class ProtoTraces
{
    const int FormerScopeSpans = 1000;

    /// <summary>False: the outer messages are broken, nobody can say where the spans are.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, OtlpAssembly assembly)
    {
        var request = new ProtoReader(body);
        while (request.Next())
        {
            if (request.Field == 1 && !ReadResourceSpans(request.Message(), assembly))
            {
                return false;
            }
        }
        return !request.IsBroken;
    }

    static bool ReadResourceSpans(ProtoReader message, OtlpAssembly assembly)
    {
        assembly.BeginService();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1 when !assembly.Counts:
                    assembly.Know(ReadResource(message.Message()));
                    break;
                case 2 or FormerScopeSpans when !ReadScopeSpans(message.Message(), assembly):
                    return false;
            }
        }
        return !message.IsBroken;
    }

    static bool ReadScopeSpans(ProtoReader message, OtlpAssembly assembly)
    {
        assembly.BeginScope();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    assembly.Know(ReadScope(message.Message()));
                    break;
                case 2:
                    assembly.Add(ReadSpan(message.Message(), assembly.Counts));
                    break;
            }
        }
        return !message.IsBroken;
    }

    static OtlpResource ReadResource(ProtoReader message)
    {
        var attributes = new AttributeList();
        while (message.Next())
        {
            if (message.Field == 1)
            {
                ProtoValue.ReadInto(attributes, message.Message());
            }
        }
        return OtlpResource.Of(attributes);
    }

    static OtlpScope ReadScope(ProtoReader message)
    {
        var scope = OtlpScope.Nameless;
        while (message.Next())
        {
            scope = message.Field switch
            {
                1 => scope with { Name = message.Text() },
                2 => scope with { Version = message.Text() },
                _ => scope,
            };
        }
        return scope;
    }

    static OtlpDraft ReadSpan(ProtoReader message, bool counts)
    {
        var draft = new OtlpDraft();
        var span = draft.Span;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    span.TraceId = TraceId(message.Bytes());
                    break;
                case 2:
                    span.SpanId = SpanId(message.Bytes());
                    break;
                case 4:
                    span.ParentSpanId = SpanId(message.Bytes());
                    break;
                case 6:
                    draft.Kind = Enumeration(message.Varint());
                    break;
                case 7:
                    span.Start = OtlpTime.Read(message.Fixed64());
                    break;
                case 8:
                    span.End = OtlpTime.Read(message.Fixed64());
                    break;
                case 16:
                    draft.Flags = message.Fixed32();
                    break;
                default:
                    if (!counts)
                    {
                        ReadContents(ref message, draft);
                    }
                    break;
            }
        }
        draft.IsBroken |= message.IsBroken;
        return draft;
    }

    static void ReadContents(ref ProtoReader message, OtlpDraft draft)
    {
        switch (message.Field)
        {
            case 3:
                draft.TraceState = message.Text();
                break;
            case 5:
                draft.Span.Name = message.Text();
                break;
            case 9:
                ProtoValue.ReadInto(draft.Span.Attributes, message.Message());
                break;
            case 10:
                draft.DroppedAttributes = (uint)message.Varint();
                break;
            case 11:
                ReadEvent(message.Message(), draft);
                break;
            case 12:
                draft.DroppedEvents += (uint)message.Varint();
                break;
            case 13:
                ReadLink(message.Message(), draft);
                break;
            case 14:
                draft.DroppedLinks += (uint)message.Varint();
                break;
            case 15:
                ReadStatus(message.Message(), draft);
                break;
        }
    }

    static void ReadEvent(ProtoReader message, OtlpDraft draft)
    {
        var (name, time) = ("", draft.Span.Start);
        var attributes = new AttributeList();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    time = OtlpTime.Read(message.Fixed64()) ?? time;
                    break;
                case 2:
                    name = message.Text();
                    break;
                case 3:
                    ProtoValue.ReadInto(attributes, message.Message());
                    break;
            }
        }
        draft.Add(new SpanEvent(name, OtlpTime.Microseconds(time), attributes.ToList()));
    }

    static void ReadLink(ProtoReader message, OtlpDraft draft)
    {
        UInt128? trace = null;
        long? span = null;
        uint? flags = null;
        var attributes = new AttributeList();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    trace = TraceId(message.Bytes());
                    break;
                case 2:
                    span = SpanId(message.Bytes());
                    break;
                case 4:
                    ProtoValue.ReadInto(attributes, message.Message());
                    break;
                case 6:
                    flags = message.Fixed32();
                    break;
            }
        }
        if (trace is { } traceId && span is { } spanId)
        {
            draft.Add(new SpanLink(traceId, spanId, flags is { } set ? (set & 1) != 0 : null, attributes.ToList()));
        }
    }

    static void ReadStatus(ProtoReader message, OtlpDraft draft)
    {
        while (message.Next())
        {
            switch (message.Field)
            {
                case 2:
                    draft.StatusMessage = message.Text();
                    break;
                case 3:
                    draft.StatusCode = Enumeration(message.Varint());
                    break;
            }
        }
    }

    static UInt128? TraceId(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 16 && BinaryPrimitives.ReadUInt128BigEndian(bytes) is var id && id != 0 ? id : null;

    static long? SpanId(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 8 && BinaryPrimitives.ReadInt64BigEndian(bytes) is var id and not 0 ? id : null;

    static int Enumeration(ulong value) => value <= int.MaxValue ? (int)value : 0;
}
