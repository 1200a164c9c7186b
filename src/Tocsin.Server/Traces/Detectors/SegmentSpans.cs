using System.Text.Json;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// The spans of one segment, as far as they came in one item. Spans: in the order of their start, without the segment itself; Segment: null when
/// it came in another item.
/// </summary>
sealed record SegmentSpans(SpanRow? Segment, IReadOnlyList<SpanRow> Spans)
{
    /// <summary>Deeper than any program nests its work; a circle of parents ends there.</summary>
    const int MostLevels = 256;

    public static IEnumerable<SegmentSpans> Of(IReadOnlyList<SpanRow> rows)
    {
        foreach (var part in rows.GroupBy(row => (row.TraceId, row.IsSegment ? row.SpanId : row.SegmentId)))
        {
            yield return new(part.FirstOrDefault(row => row.IsSegment), InOrder(part.Where(row => !row.IsSegment)));
        }
    }

    /// <summary>The rows whose segment is not among them.</summary>
    public static IEnumerable<SpanRow> Open(IReadOnlyList<SpanRow> rows)
    {
        var segments = rows.Where(row => row.IsSegment).Select(row => (row.TraceId, row.SpanId)).ToHashSet();
        return rows.Where(row => !row.IsSegment && (row.SegmentId is not { } id || !segments.Contains((row.TraceId, id))));
    }

    /// <summary>
    /// Of one whose segment came: with those of other spans of its trace that belong to this segment: those that name it, and those that name none and hang below it.
    /// OpenTelemetry's spans name their parents only. None: the same.
    /// </summary>
    public SegmentSpans With(IReadOnlyList<SpanRow> others)
    {
        var (head, own) = (Segment!, Spans.Select(row => row.SpanId).ToHashSet());
        var parents = new Dictionary<long, long?>();
        foreach (var row in Spans.Concat(others))
        {
            parents.TryAdd(row.SpanId, row.ParentSpanId);
        }
        var joined = others
            .DistinctBy(row => row.SpanId)
            .Where(row => !own.Contains(row.SpanId) && IsMine(row))
            .Select(row => row with { SegmentId = head.SpanId, Transaction = row.Transaction ?? head.Transaction })
            .ToList();
        return joined.Count == 0 ? this : new(head, InOrder(Spans.Concat(joined)));

        bool IsMine(SpanRow row) => row.SegmentId is { } id ? id == head.SpanId : IsBelow(row.ParentSpanId);

        bool IsBelow(long? span)
        {
            for (var level = 0; level < MostLevels && span is { } id; level++)
            {
                if (id == head.SpanId)
                {
                    return true;
                }
                span = parents.GetValueOrDefault(id);
            }
            return false;
        }
    }

    static List<SpanRow> InOrder(IEnumerable<SpanRow> rows) =>
        [.. rows.OrderBy(row => row.Timestamp).ThenBy(row => row.Duration)];

    public static long EndOf(SpanRow span) => span.Timestamp + span.Duration;

    /// <summary>The first number under one of the names among a span's attributes. Read only where a detector has come close to finding something.</summary>
    public static double? Number(SpanRow span, params ReadOnlySpan<string> names)
    {
        if (!MayHave(span, names))
        {
            return null;
        }
        using var json = JsonDocument.Parse(span.Attributes);
        foreach (var name in names)
        {
            if (json.RootElement.TryGetProperty(name, out var value))
            {
                if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
                {
                    // Headers may be lists: OpenTelemetry knows them so.
                    value = value[0];
                }
                if (value.ValueKind == JsonValueKind.Number)
                {
                    return value.GetDouble();
                }
                if (value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), out var parsed))
                {
                    return parsed;
                }
            }
        }
        return null;
    }

    /// <summary>The first attribute under one of the names as text; null when there is none.</summary>
    public static string? Text(SpanRow span, params ReadOnlySpan<string> names)
    {
        if (!MayHave(span, names))
        {
            return null;
        }
        using var json = JsonDocument.Parse(span.Attributes);
        foreach (var name in names)
        {
            if (json.RootElement.TryGetProperty(name, out var value))
            {
                return value.ToString();
            }
        }
        return null;
    }

    /// <summary>Most spans have none of them, and a look at the text is quicker than reading it. Our own writing escapes no letter of a name.</summary>
    static bool MayHave(SpanRow span, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (span.Attributes.Contains(name, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
