using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Traces.Reading;

/// <summary>A span of a container, as clients with span streaming send it: few fields, the rest typed attributes.</summary>
static class StreamedSpan
{
    /// <summary>Null: no object.</summary>
    public static SpanDraft? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var draft = new SpanDraft();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "name":
                    draft.Name = cursor.Text();
                    break;
                case "attributes":
                    AttributeReader.ReadTyped(ref cursor, draft.Attributes);
                    break;
                default:
                    SpanFields.ReadField(ref cursor, draft);
                    break;
            }
        }
        var attributes = draft.Attributes;
        draft.SegmentId ??= HexId.Span(attributes.Text("sentry.segment.id"));
        draft.Op ??= attributes.Text("sentry.op") ?? ConventionalOp.Of(attributes, draft.KindStated);
        if (draft.Status == SpanStatus.InternalError)
        {
            // The wire knows ok and error; what kind of error stands in an attribute, beside texts that are none.
            draft.Status = SpanStatus.Read(attributes.Text("sentry.status.message")) ?? SpanStatus.InternalError;
        }
        return draft;
    }
}
