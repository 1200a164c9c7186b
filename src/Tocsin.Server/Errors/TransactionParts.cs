using System.Globalization;
using System.Text.Json.Nodes;
using Tocsin.Server.Errors.Shapes;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Errors;

/// <summary>What an event has because it is a transaction: its spans, its times, what it measured and where its time went.</summary>
static class TransactionParts
{
    static readonly string[] Kinds = ["http", "db", "browser", "resource", "ui"];

    /// <param name="spans">Of one transaction; at least one.</param>
    public static EventDetail Of(EventDetail detail, IReadOnlyList<SpanRow> spans)
    {
        var segment = spans.FirstOrDefault(span => span.IsSegment) ?? spans[0];
        var children = spans.Where(span => span != segment).OrderBy(span => span.Timestamp).ToList();
        return detail with
        {
            StartTimestamp = Seconds(segment.Timestamp),
            EndTimestamp = Seconds(segment.Timestamp + segment.Duration),
            Measurements = MeasurementsOf(segment),
            Breakdowns = BreakdownsOf(segment, children),
            Entries = [new SpansEntry([.. children.Select(Shape)]), .. detail.Entries],
        };
    }

    static EventSpanShape Shape(SpanRow span) =>
        new()
        {
            SpanId = Hex(span.SpanId),
            ParentSpanId = span.ParentSpanId is { } parent ? Hex(parent) : null,
            TraceId = span.TraceId.ToString("x32", CultureInfo.InvariantCulture),
            Op = span.Op,
            Description = span.Description,
            Status = span.Status,
            StartTimestamp = Seconds(span.Timestamp),
            Timestamp = Seconds(span.Timestamp + span.Duration),
            ExclusiveTime = span.SelfTime / 1e3,
            Hash = span.Group == 0 ? null : Hex(span.Group),
            Origin = span.Origin,
            Data = ObjectOf(span.Attributes),
        };

    static JsonObject MeasurementsOf(SpanRow segment)
    {
        var all = ObjectOf(segment.Measurements);
        Add("lcp", segment.Lcp, "millisecond");
        Add("fcp", segment.Fcp, "millisecond");
        Add("inp", segment.Inp, "millisecond");
        Add("ttfb", segment.Ttfb, "millisecond");
        Add("fid", segment.Fid, "millisecond");
        Add("cls", segment.Cls, "none");
        return all;

        void Add(string name, double? value, string unit)
        {
            if (value is { } measured && double.IsFinite(measured))
            {
                all[name] = Measured(measured, unit);
            }
        }
    }

    /// <summary>Spans that overlap took their time once.</summary>
    static JsonObject BreakdownsOf(SpanRow segment, IReadOnlyList<SpanRow> children)
    {
        var byKind = new JsonObject();
        foreach (var kind in Kinds)
        {
            var spans = children.Where(span => IsOf(kind, span.Op)).ToList();
            if (spans.Count > 0)
            {
                byKind[$"ops.{kind}"] = Measured(Covered(spans) / 1e3, "millisecond");
            }
        }
        byKind["total.time"] = Measured(segment.Duration / 1e3, "millisecond");
        return new() { ["span_ops"] = byKind };
    }

    static bool IsOf(string kind, string op) =>
        op.StartsWith(kind, StringComparison.Ordinal) && (op.Length == kind.Length || op[kind.Length] == '.');

    /// <summary>Microseconds in which at least one of them ran.</summary>
    /// <param name="spans">By their beginning.</param>
    static long Covered(IEnumerable<SpanRow> spans)
    {
        var (covered, end) = (0L, long.MinValue);
        foreach (var span in spans)
        {
            var until = span.Timestamp + span.Duration;
            covered += Math.Max(0, until - Math.Max(span.Timestamp, end));
            end = Math.Max(end, until);
        }
        return covered;
    }

    static JsonObject Measured(double value, string unit) => new() { ["value"] = value, ["unit"] = unit };

    static JsonObject ObjectOf(string json) => JsonNode.Parse(json) as JsonObject ?? [];

    static double Seconds(long microseconds) => microseconds / (double)Microseconds.PerSecond;

    static string Hex(long id) => id.ToString("x16", CultureInfo.InvariantCulture);
}
