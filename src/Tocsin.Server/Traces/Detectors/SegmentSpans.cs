using System.Text.Json;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// The spans of one segment, as far as they came in one item. Spans: in the order of their start, without the segment itself; Segment: null when
/// it came in another item.
/// </summary>
sealed record SegmentSpans(SpanRow? Segment, IReadOnlyList<SpanRow> Spans)
{
    public static IEnumerable<SegmentSpans> Of(IReadOnlyList<SpanRow> rows)
    {
        foreach (var part in rows.GroupBy(row => (row.TraceId, row.IsSegment ? row.SpanId : row.SegmentId)))
        {
            var spans = part.Where(row => !row.IsSegment).OrderBy(row => row.Timestamp).ThenBy(row => row.Duration).ToList();
            if (spans.Count > 0)
            {
                yield return new(part.FirstOrDefault(row => row.IsSegment), spans);
            }
        }
    }

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
