using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tocsin.Protocol.Json;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Traces;

/// <summary>
/// Reads an item of type <c>span</c>: a container <c>{"version": 2, "items": […]}</c> with typed attributes, or a single span in the old form.
/// The body tells them apart, since clients do not always say it in the header. Each bad span of a container is refused alone.
/// </summary>
public static class SpanItemReader
{
    /// <param name="json">UTF-8; what is none becomes U+FFFD.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out SpanBatch? read,
        [NotNullWhen(false)] out Refusal? refusal
    ) => ObjectText.TryRead(json, ReadItem, out read, out refusal);

    static SpanBatch ReadItem(ReadOnlySpan<byte> json)
    {
        var notes = new FieldNotes();
        var cursor = new JsonCursor(json, notes, stackalloc char[128]);
        var batch = new SpanBatch();
        var spans = new List<Span>();
        var refused = new FaultCount();
        var single = new SpanDraft();
        var isContainer = false;
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "items":
                    isContainer = true;
                    ReadSpans(ref cursor, spans, refused);
                    break;
                case "ingest_settings":
                    batch = ReadSettings(ref cursor, batch);
                    break;
                default:
                    SpanFields.ReadField(ref cursor, single);
                    break;
            }
        }
        if (!isContainer)
        {
            Finish(ref cursor, single, spans, refused);
        }
        cursor.Finish();
        return batch with { Spans = spans, Refused = refused.ToList(), Notes = notes.ToList() };
    }

    static void ReadSpans(ref JsonCursor cursor, List<Span> spans, FaultCount refused)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            cursor.SetAside("expected a list");
            return;
        }
        cursor.Open();
        while (cursor.NextElement())
        {
            if (cursor.Token != JsonTokenType.StartObject)
            {
                refused.Add("expected an object");
                cursor.Skip();
                continue;
            }
            Finish(ref cursor, StreamedSpan.Read(ref cursor)!, spans, refused);
        }
    }

    static void Finish(ref JsonCursor cursor, SpanDraft draft, List<Span> spans, FaultCount refused)
    {
        if ((draft.Fault ?? (draft.End is null ? "end is missing or no time" : null)) is { } fault)
        {
            refused.Add(fault);
            return;
        }
        if (draft is { IsSegment: null, SegmentId: null, ParentSpanId: null })
        {
            // Nothing is above it, so it is the root of what its service did.
            draft.IsSegment = true;
        }
        if (draft.IsSegment == true)
        {
            draft.SegmentId ??= draft.SpanId;
        }
        var (start, end) = (draft.Start!.Value, draft.End!.Value);
        if (end < start)
        {
            cursor.Note("ends before it starts");
        }
        spans.Add(draft.Finish(start, end));
    }

    static SpanBatch ReadSettings(ref JsonCursor cursor, SpanBatch batch)
    {
        if (!cursor.OpenObject())
        {
            return batch;
        }
        while (cursor.NextProperty())
        {
            batch = cursor.Name switch
            {
                "infer_ip" => batch with { InferIp = cursor.Text() },
                "infer_user_agent" => batch with { InferUserAgent = cursor.Text() },
                _ => cursor.Skip(batch),
            };
        }
        return batch;
    }
}
