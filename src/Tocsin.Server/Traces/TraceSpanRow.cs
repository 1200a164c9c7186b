using Tocsin.Server.Traces.Trees;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>The columns of a span that the tree of a trace needs, in the order in which they are selected.</summary>
static class TraceSpanRow
{
    static readonly string[] Names =
    [
        "project.id",
        "span_id",
        "parent_span",
        "segment_id",
        "is_transaction",
        "timestamp",
        "span.duration",
        "span.op",
        "span.description",
        "span.status",
        "span.failed",
        "transaction",
        "span.category",
        "span.group",
        "sentry.normalized_description",
        "platform",
        "service.name",
        "server_name",
        "sdk.name",
        "event.id",
        "profile.id",
        "measurements.lcp",
        "measurements.fcp",
        "measurements.cls",
        "measurements.inp",
        "measurements.ttfb",
        "measurements.fid",
        "span.kind",
    ];

    public static IReadOnlyList<Selected> Columns { get; } = [.. Names.Select(name => new Selected(name, SpanField.Of(name)))];

    // The initialisers run in the order in which they are written, which is that of the columns.
    public static TraceSpan Read(IReadOnlyList<object?> row)
    {
        var cells = new Cells(row);
        return new()
        {
            ProjectId = cells.Number(),
            SpanId = cells.Number(),
            ParentSpanId = cells.MaybeNumber(),
            SegmentId = cells.MaybeNumber(),
            IsSegment = cells.Truth(),
            Start = cells.Number(),
            Duration = Metadata.Microseconds.From(TimeSpan.FromMilliseconds(cells.Real())),
            Op = cells.Text() ?? "default",
            Description = cells.Text(),
            Status = cells.Text() ?? "unknown",
            Failed = cells.Truth(),
            Transaction = cells.Text(),
            Category = cells.Text(),
            Group = cells.Number(),
            GroupName = cells.Text(),
            Platform = cells.Text() ?? "other",
            Service = cells.Text(),
            ServerName = cells.Text(),
            SdkName = cells.Text(),
            EventId = cells.Id(),
            ProfileId = cells.Id(),
            Lcp = cells.MaybeReal(),
            Fcp = cells.MaybeReal(),
            Cls = cells.MaybeReal(),
            Inp = cells.MaybeReal(),
            Ttfb = cells.MaybeReal(),
            Fid = cells.MaybeReal(),
            Kind = cells.Text(),
        };
    }
}
