using Tocsin.Protocol.Events.Reading;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Traces.Reading;

/// <summary>The span as transactions hold it, as single items bring it, and as the trace context of a transaction describes its root.</summary>
static class SpanFields
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
            ReadField(ref cursor, draft);
        }
        return draft;
    }

    public static void ReadField(ref JsonCursor cursor, SpanDraft draft)
    {
        switch (cursor.Name)
        {
            case "trace_id":
                draft.TraceId = cursor.TraceId();
                break;
            case "span_id":
                draft.SpanId = cursor.SpanId();
                break;
            case "parent_span_id":
                draft.ParentSpanId = cursor.SpanId();
                break;
            case "segment_id":
                draft.SegmentId = cursor.SpanId();
                break;
            case "is_segment":
                draft.IsSegment = cursor.Flag();
                break;
            case "start_timestamp":
                draft.Start = cursor.Time();
                break;
            case "timestamp" or "end_timestamp":
                draft.End = cursor.Time();
                break;
            case "op":
                draft.Op = NotEmpty(cursor.Known());
                break;
            case "description":
                draft.Name = cursor.Text();
                break;
            case "status":
                draft.Status = ReadStatus(ref cursor);
                break;
            case "kind":
                draft.Kind = SpanKind.Read(cursor.Known());
                break;
            case "origin":
                draft.Origin = NotEmpty(cursor.Known());
                break;
            default:
                ReadContents(ref cursor, draft);
                break;
        }
    }

    /// <summary>What the model has no field for becomes an attribute, under the name that span streaming gives it.</summary>
    static void ReadContents(ref JsonCursor cursor, SpanDraft draft)
    {
        switch (cursor.Name)
        {
            case "data":
                AttributeReader.ReadPlain(ref cursor, draft.Attributes);
                break;
            case "tags":
                foreach (var (key, value) in TagReader.Read(ref cursor))
                {
                    Add(draft, key, value);
                }
                break;
            case "sentry_tags":
                AttributeReader.ReadPlain(ref cursor, draft.Attributes, "sentry.");
                break;
            case "measurements":
                draft.Measurements = MeasurementReader.Read(ref cursor);
                break;
            case "links":
                draft.Links = LinkReader.Read(ref cursor);
                break;
            case "client_sample_rate":
                if (cursor.Real() is { } rate)
                {
                    draft.Attributes.Add("sentry.client_sample_rate", AttributeValue.Of(rate));
                }
                break;
            case "exclusive_time":
                if (cursor.Real() is { } milliseconds)
                {
                    draft.Attributes.Add("sentry.exclusive_time", AttributeValue.Of(milliseconds, "millisecond"));
                }
                break;
            case "profile_id":
                Add(draft, "sentry.profile_id", cursor.Text());
                break;
            case "platform":
                Add(draft, "sentry.platform", cursor.Text());
                break;
            default:
                cursor.Skip();
                break;
        }
    }

    static string? ReadStatus(ref JsonCursor cursor)
    {
        var text = cursor.Known();
        var status = SpanStatus.Read(text);
        if (status is null && !string.IsNullOrEmpty(text))
        {
            cursor.Note("unknown status");
        }
        return status;
    }

    static void Add(SpanDraft draft, string key, string? value)
    {
        if (value is not null)
        {
            draft.Attributes.Add(key, AttributeValue.Of(value));
        }
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
