using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Errors;

/// <summary>A transaction as the row of an event, for pages that show any event by its id.</summary>
static class SegmentRow
{
    /// <param name="spans">Of one item; at least one.</param>
    public static EventRow Of(IReadOnlyList<SpanRow> spans)
    {
        var segment = spans.FirstOrDefault(span => span.IsSegment) ?? spans[0];
        return new()
        {
            ProjectId = segment.ProjectId,
            EventId = segment.EventId ?? 0,
            IssueId = 0,
            Timestamp = segment.Timestamp + segment.Duration,
            Received = segment.Received,
            Type = "transaction",
            Level = "info",
            Platform = segment.Platform,
            Environment = segment.Environment,
            Release = segment.Release,
            Dist = segment.Dist,
            Transaction = segment.Transaction,
            Title = segment.Transaction ?? segment.Description ?? "",
            Culprit = segment.Transaction,
            ServerName = segment.ServerName,
            Url = segment.Url,
            User = segment.User,
            SdkName = segment.SdkName,
            SdkVersion = segment.SdkVersion,
            TraceId = segment.TraceId,
            SpanId = segment.SpanId,
        };
    }
}
