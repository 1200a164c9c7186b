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

    public static PreparedItem Of(ItemContext context, Slowdown slowdown)
    {
        var summary = Cut.To(
            $"p95 rose from {Milliseconds(slowdown.P95Before)} to {Milliseconds(slowdown.P95)} with {slowdown.Release}",
            1024
        );
        var fingerprint = $"1-{Kind.Number}-{slowdown.Mark}";
        var platform = context.Project.Platform ?? "other";
        var row = RowOf(context, slowdown, summary, platform);
        return new PreparedTrace(context)
        {
            EventId = slowdown.Id,
            Timestamp = row.Timestamp,
            Row = row,
            Body = StoredOccurrence.Write(BodyOf(slowdown, row, fingerprint), EvidenceOf(slowdown, row, fingerprint)),
            Sighting = new()
            {
                Hashes = [slowdown.Mark],
                Type = Kind.Type,
                Title = Kind.Title,
                Culprit = slowdown.Transaction,
                Metadata = new JsonObject { ["title"] = Kind.Title, ["value"] = summary }.ToJsonString(),
                Level = Level,
                Platform = platform,
                Priority = "medium",
                Environment = slowdown.Environment,
                Release = slowdown.Release,
            },
        };
    }

    static EventRow RowOf(ItemContext context, Slowdown slowdown, string summary, string platform) =>
        new()
        {
            ProjectId = slowdown.ProjectId,
            EventId = slowdown.Id.Value,
            IssueId = 0,
            Timestamp = context.Receipt.Received,
            Received = context.Receipt.Received,
            Type = "generic",
            Level = Level,
            Platform = platform,
            Environment = slowdown.Environment,
            Release = slowdown.Release,
            Transaction = slowdown.Transaction,
            Title = Kind.Title,
            Culprit = slowdown.Transaction,
            Message = summary,
            TraceId = HexId.Trace(Encoding.ASCII.GetBytes(slowdown.TraceId ?? "")),
            SpanId = HexId.Span(slowdown.SpanId ?? ""),
        };

    static byte[] BodyOf(Slowdown slowdown, EventRow row, string fingerprint) =>
        EventWriter.Write(
            new ErrorEvent
            {
                Id = slowdown.Id,
                Type = row.Type,
                Level = Level,
                Platform = row.Platform,
                Timestamp = Microseconds.ToUtc(row.Timestamp),
                Received = Microseconds.ToUtc(row.Received),
                Transaction = row.Transaction,
                Release = row.Release,
                Environment = row.Environment,
                Contexts = slowdown.TraceId is null
                    ? null
                    : new()
                    {
                        ["trace"] = new JsonObject
                        {
                            ["trace_id"] = slowdown.TraceId,
                            ["span_id"] = slowdown.SpanId,
                            ["op"] = slowdown.Op,
                            ["type"] = "trace",
                        },
                    },
                Fingerprint = [fingerprint],
            }
        );

    static JsonObject EvidenceOf(Slowdown slowdown, EventRow row, string fingerprint)
    {
        var measures = slowdown.Limits.Measures(slowdown);
        return new()
        {
            ["id"] = slowdown.Id.ToString(),
            ["eventId"] = slowdown.Id.ToString(),
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
                ["transaction"] = slowdown.Transaction,
                ["op"] = slowdown.Op,
                ["release"] = slowdown.Release,
                ["previousRelease"] = slowdown.Before,
                ["breakpoint"] = slowdown.Since / 1_000_000,
                ["aggregateRange1"] = slowdown.P95Before,
                ["aggregateRange2"] = slowdown.P95,
                ["trendDifference"] = slowdown.P95 - slowdown.P95Before,
                ["trendPercentage"] = slowdown.P95 / slowdown.P95Before,
                ["count1"] = slowdown.RunsBefore,
                ["count2"] = slowdown.Runs,
                ["traceId"] = slowdown.TraceId,
                ["offenderSpanIds"] = slowdown.SpanId is { } span ? new JsonArray(span) : [],
                ["thresholds"] = new JsonArray([.. measures.Select(measure => (JsonNode)measure.ToJson())]),
            },
            ["evidenceDisplay"] = new JsonArray([
                Line("Transaction", slowdown.Transaction, important: true),
                Line("Release", slowdown.Release, important: true),
                Line("Release Before", slowdown.Before),
                Line("Since", Iso(slowdown.Since)),
                Line("Environment", slowdown.Environment ?? ""),
                Line("p95 Before", $"{Milliseconds(slowdown.P95Before)} of {Count(slowdown.RunsBefore)} runs", important: true),
                Line("p95", $"{Milliseconds(slowdown.P95)} of {Count(slowdown.Runs)} runs", important: true),
                Line("Slower By", $"{(slowdown.P95 / slowdown.P95Before).ToString("0.0", CultureInfo.InvariantCulture)}×"),
                .. measures.Select(measure => Line("Measured", measure.ToString())),
            ]),
        };
    }

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
