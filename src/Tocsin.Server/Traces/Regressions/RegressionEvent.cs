using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>A slower endpoint as an event of its issue, with its evidence under the names of Sentry's API.</summary>
static class RegressionEvent
{
    const string Level = "info";

    static readonly ProblemKind Kind = ProblemKind.EndpointRegression;

    public static PreparedItem Of(ItemContext context, Regression regression)
    {
        var summary = Cut.To(
            $"p95 rose from {Milliseconds(regression.P95Before)} to {Milliseconds(regression.P95)} with {regression.Release}",
            1024
        );
        var fingerprint = $"1-{Kind.Number}-{regression.Mark}";
        var platform = context.Project.Platform ?? "other";
        var row = RowOf(context, regression, summary, platform);
        return new PreparedTrace(context)
        {
            EventId = regression.Id,
            Timestamp = row.Timestamp,
            Row = row,
            Body = StoredOccurrence.Write(BodyOf(regression, row, fingerprint), EvidenceOf(regression, row, fingerprint)),
            Sighting = new()
            {
                Hashes = [regression.Mark],
                Type = Kind.Type,
                Title = Kind.Title,
                Culprit = regression.Transaction,
                Metadata = new JsonObject { ["title"] = Kind.Title, ["value"] = summary }.ToJsonString(),
                Level = Level,
                Platform = platform,
                Priority = "medium",
                Environment = regression.Environment,
                Release = regression.Release,
            },
        };
    }

    static EventRow RowOf(ItemContext context, Regression regression, string summary, string platform) =>
        new()
        {
            ProjectId = regression.ProjectId,
            EventId = regression.Id.Value,
            IssueId = 0,
            Timestamp = context.Receipt.Received,
            Received = context.Receipt.Received,
            Type = "generic",
            Level = Level,
            Platform = platform,
            Environment = regression.Environment,
            Release = regression.Release,
            Transaction = regression.Transaction,
            Title = Kind.Title,
            Culprit = regression.Transaction,
            Message = summary,
            TraceId = HexId.Trace(Encoding.ASCII.GetBytes(regression.TraceId ?? "")),
            SpanId = HexId.Span(regression.SpanId ?? ""),
        };

    static byte[] BodyOf(Regression regression, EventRow row, string fingerprint) =>
        EventWriter.Write(
            new ErrorEvent
            {
                Id = regression.Id,
                Type = row.Type,
                Level = Level,
                Platform = row.Platform,
                Timestamp = Microseconds.ToUtc(row.Timestamp),
                Received = Microseconds.ToUtc(row.Received),
                Transaction = row.Transaction,
                Release = row.Release,
                Environment = row.Environment,
                Contexts = regression.TraceId is null
                    ? null
                    : new()
                    {
                        ["trace"] = new JsonObject
                        {
                            ["trace_id"] = regression.TraceId,
                            ["span_id"] = regression.SpanId,
                            ["op"] = regression.Op,
                            ["type"] = "trace",
                        },
                    },
                Fingerprint = [fingerprint],
            }
        );

    static JsonObject EvidenceOf(Regression regression, EventRow row, string fingerprint) =>
        new()
        {
            ["id"] = regression.Id.ToString(),
            ["eventId"] = regression.Id.ToString(),
            ["projectId"] = row.ProjectId,
            ["fingerprint"] = new JsonArray(fingerprint),
            ["issueTitle"] = Kind.Title,
            ["subtitle"] = row.Message,
            ["type"] = Kind.Number,
            ["issueType"] = Kind.Type,
            ["level"] = Level,
            ["culprit"] = row.Culprit,
            ["detectionTime"] = Iso(row.Received),
            ["evidenceData"] = new JsonObject
            {
                ["transaction"] = regression.Transaction,
                ["op"] = regression.Op,
                ["release"] = regression.Release,
                ["previousRelease"] = regression.Before,
                ["breakpoint"] = regression.Since / 1_000_000,
                ["aggregateRange1"] = regression.P95Before,
                ["aggregateRange2"] = regression.P95,
                ["trendDifference"] = regression.P95 - regression.P95Before,
                ["trendPercentage"] = regression.P95 / regression.P95Before,
                ["count1"] = regression.RunsBefore,
                ["count2"] = regression.Runs,
                ["traceId"] = regression.TraceId,
                ["offenderSpanIds"] = regression.SpanId is { } span ? new JsonArray(span) : [],
            },
            ["evidenceDisplay"] = new JsonArray(
                Line("Transaction", regression.Transaction, important: true),
                Line("Release", regression.Release, important: true),
                Line("Release Before", regression.Before),
                Line("Since", Iso(regression.Since)),
                Line("Environment", regression.Environment ?? ""),
                Line(
                    "p95 Before",
                    $"{Milliseconds(regression.P95Before)} of {Count(regression.RunsBefore)} runs",
                    important: true
                ),
                Line("p95", $"{Milliseconds(regression.P95)} of {Count(regression.Runs)} runs", important: true),
                Line("Slower By", $"{(regression.P95 / regression.P95Before).ToString("0.0", CultureInfo.InvariantCulture)}×")
            ),
        };

    static JsonObject Line(string name, string value, bool important = false) =>
        new()
        {
            ["name"] = name,
            ["value"] = value,
            ["important"] = important,
        };

    static string Iso(long microseconds) => Microseconds.ToUtc(microseconds).ToString("O", CultureInfo.InvariantCulture);

    static string Milliseconds(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture) + " ms";

    static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
