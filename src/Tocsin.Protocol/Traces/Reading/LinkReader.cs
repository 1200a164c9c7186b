using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Traces.Reading;

/// <summary><c>[{"trace_id", "span_id", "sampled", "attributes"}]</c>; the attributes may be typed or plain.</summary>
static class LinkReader
{
    public static IReadOnlyList<SpanLink> Read(ref JsonCursor cursor) => ElementList.Read(ref cursor, ReadOne);

    static SpanLink? ReadOne(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        UInt128? trace = null;
        long? span = null;
        bool? sampled = null;
        var attributes = new AttributeList();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "trace_id":
                    trace = cursor.TraceId();
                    break;
                case "span_id":
                    span = cursor.SpanId();
                    break;
                case "sampled":
                    sampled = cursor.Flag();
                    break;
                case "attributes":
                    AttributeReader.ReadTyped(ref cursor, attributes);
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        if (trace is not { } traceId || span is not { } spanId)
        {
            cursor.Note("a link needs trace_id and span_id");
            return null;
        }
        return new(traceId, spanId, sampled, attributes.ToList());
    }
}
