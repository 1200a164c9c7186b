using System.Globalization;
using Tocsin.Server.Api;
using Tocsin.Server.Issues;
using Tocsin.Server.Traces.Shapes;
using Tocsin.Server.Traces.Trees;

namespace Tocsin.Server.Traces;

/// <summary>A trace as our API shows it.</summary>
static class TraceMapping
{
    /// <param name="load">Null: no page was loaded in the trace.</param>
    public static TraceShape Shape(Trace trace, Answer<PageLoadShape?> load)
    {
        var nodes = trace.Tree.Nodes.OrderBy(node => node.Start).ToList();
        return new()
        {
            TraceId = Hex(trace.Id),
            Start = Seconds(
                nodes.Select(node => node.Start).Concat(trace.Events.Select(one => one.Timestamp)).DefaultIfEmpty().Min()
            ),
            End = Seconds(
                nodes.Select(node => node.End).Concat(trace.Events.Select(one => one.Timestamp)).DefaultIfEmpty().Max()
            ),
            Truncated = trace.Truncated,
            MoreErrors = trace.HasMoreEvents,
            Partial = trace.Partial || load.Partial,
            Projects = Projects(trace),
            Spans = [.. nodes.Select(node => Span(trace, node))],
            Errors = [.. trace.Errors.Select(one => Error(trace, one))],
            Issues =
            [
                .. trace
                    .Findings.GroupBy(one => one.IssueId)
                    .Select(group => Issue(trace.Issues[group.Key], group.Select(one => one.SpanId).OfType<long>().Distinct())),
            ],
            Vitals = Vitals(nodes),
            PageLoad = load.Value,
            ClockSkew =
            [
                .. trace.Skew.Select(skew => new ClockSkewShape(
                    trace.SlugOf(skew.Clock.ProjectId),
                    skew.Clock.Service,
                    skew.Clock.ServerName,
                    Milliseconds(skew.Shift)
                )),
            ],
        };
    }

    static TraceSpanShape Span(Trace trace, TraceNode node)
    {
        var span = node.Span;
        return new()
        {
            SpanId = Hex(span.SpanId),
            // Of a shared id the server's half hangs below the client's, which has the same.
            ParentSpanId = Hex(node.Parent?.Span.SpanId == span.SpanId ? span.SpanId : span.ParentSpanId),
            SegmentId = Hex(span.SegmentId),
            IsSegment = span.IsSegment,
            Project = trace.SlugOf(span.ProjectId),
            Service = span.Service,
            Op = span.Op,
            Description = IsNamedByDriver(span) ? span.GroupName : span.Description,
            Status = span.Status,
            Failed = span.Failed,
            Start = Seconds(node.Start),
            Duration = Milliseconds(span.Duration),
            SelfTime = Milliseconds(node.SelfTime),
            Transaction = span.Transaction,
            Category = span.Category,
            Group = span.Group == 0 ? null : Hex(span.Group),
            EventId = span.EventId is { } id ? Hex(id) : null,
            ClockShiftedMs = node.Shift == 0 ? null : Milliseconds(node.Shift),
        };
    }

    /// <summary>OpenTelemetry calls a query what its driver likes (<c>pg.query:SELECT shop</c>); what was asked stands in an attribute.</summary>
    static bool IsNamedByDriver(TraceSpan span) => span is { Category: "db", Service: not null, GroupName: not null };

    static TraceErrorShape Error(Trace trace, TraceEvent one) =>
        new()
        {
            EventId = Hex(one.EventId),
            IssueId = one.IssueId.ToString(CultureInfo.InvariantCulture),
            ShortId = ShortIdOf(trace, one),
            Level = one.Level,
            Title = one.Title,
            Project = trace.SlugOf(one.ProjectId),
            Timestamp = Seconds(one.Timestamp),
            SpanId = Hex(one.SpanId),
            Transaction = one.Transaction,
        };

    static TraceIssueShape Issue(IssueRow row, IEnumerable<long> spans) =>
        new(
            row.Id.ToString(CultureInfo.InvariantCulture),
            ShortId.Format(row.ProjectSlug, row.ShortId),
            row.Title,
            row.Type,
            [.. spans.Select(Hex)]
        );

    /// <summary>The services by when they first appear, and projects that only sent errors.</summary>
    static IReadOnlyList<TraceProjectShape> Projects(Trace trace)
    {
        var services = trace
            .Tree.Nodes.Select(node => (node.Span.ProjectId, node.Span.Service, Platform: node.Span.Platform))
            .DistinctBy(part => (part.ProjectId, part.Service))
            .ToList();
        var silent = trace
            .Events.Select(one => one.ProjectId)
            .Except(services.Select(part => part.ProjectId))
            .Select(id =>
                (ProjectId: id, Service: (string?)null, Platform: trace.Projects.GetValueOrDefault(id)?.Platform ?? "other")
            );
        return
        [
            .. services
                .Concat(silent)
                .Select(part => new TraceProjectShape(
                    part.ProjectId.ToString(CultureInfo.InvariantCulture),
                    trace.SlugOf(part.ProjectId),
                    part.Platform,
                    part.Service
                )),
        ];
    }

    /// <summary>The first page load's, and what later spans bring to it.</summary>
    static Dictionary<string, double>? Vitals(IEnumerable<TraceNode> nodes)
    {
        var vitals = new Dictionary<string, double>();
        foreach (var (name, value) in nodes.OrderBy(node => !node.Span.IsSegment).SelectMany(node => node.Span.Vitals))
        {
            vitals.TryAdd(name, value);
        }
        return vitals.Count == 0 ? null : vitals;
    }

    public static string? ShortIdOf(Trace trace, TraceEvent one) =>
        trace.Issues.GetValueOrDefault(one.IssueId) is { } issue ? ShortId.Format(issue.ProjectSlug, issue.ShortId) : null;

    public static string Hex(UInt128 id) => id.ToString("x32", CultureInfo.InvariantCulture);

    public static string Hex(long id) => id.ToString("x16", CultureInfo.InvariantCulture);

    public static string? Hex(long? id) => id is { } value ? Hex(value) : null;

    public static double Seconds(long microseconds) => microseconds / 1e6;

    public static double Milliseconds(long microseconds) => microseconds / 1e3;
}
