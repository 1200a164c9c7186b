using System.Globalization;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>What shows a problem, as Sentry's API gives it in an event's <c>occurrence</c>: the spans by their ids, and lines for people.</summary>
static class Evidence
{
    public static JsonObject Of(SegmentSpans segment, Problem problem, EventRow row, EventId id, string fingerprint)
    {
        var first = problem.Offenders[0];
        return new()
        {
            ["id"] = id.ToString(),
            ["eventId"] = id.ToString(),
            ["projectId"] = row.ProjectId,
            ["fingerprint"] = new JsonArray(fingerprint),
            ["issueTitle"] = problem.Kind.Title,
            ["subtitle"] = problem.Summary,
            ["type"] = problem.Kind.Number,
            ["issueType"] = problem.Kind.Type,
            ["level"] = row.Level,
            ["culprit"] = row.Transaction,
            ["detectionTime"] = Microseconds.ToUtc(row.Received).ToString("O", CultureInfo.InvariantCulture),
            ["evidenceData"] = new JsonObject
            {
                ["op"] = first.Op,
                ["transactionName"] = row.Transaction,
                ["traceId"] = HexId.Format(first.TraceId),
                ["parentSpanIds"] = Ids(problem.Offenders.Select(span => span.ParentSpanId).OfType<long>().Distinct()),
                ["causeSpanIds"] = Ids(problem.Causes.Select(span => span.SpanId)),
                ["offenderSpanIds"] = Ids(problem.Offenders.Select(span => span.SpanId)),
                ["numRepeatingSpans"] = problem.Offenders.Count.ToString(CultureInfo.InvariantCulture),
                ["repeatingSpansCompact"] = new JsonArray([
                    .. problem.Offenders.Select(span => span.GroupName).Distinct().Take(10).Select(name => (JsonNode?)name),
                ]),
                ["thresholds"] = new JsonArray([.. problem.Measures.Select(measure => (JsonNode)measure.ToJson())]),
                ["timeSaved"] = problem.Savings is { } savings ? savings / 1e3 : null,
            },
            ["evidenceDisplay"] = new JsonArray([.. Lines(segment, problem).Select(line => (JsonNode)line)]),
        };
    }

    static IEnumerable<JsonObject> Lines(SegmentSpans segment, Problem problem)
    {
        var (first, spans) = (problem.Offenders[0], problem.Offenders);
        yield return Line("Transaction", first.Transaction, important: true);
        if (problem.Causes is [var cause, ..])
        {
            yield return Line("Source Span", cause.Description, important: false);
        }
        yield return Line(spans.Count == 1 ? "Offending Span" : "Offending Spans", first.Description, important: true);
        if (spans.Count > 1)
        {
            yield return Line("Number of Spans", spans.Count.ToString(CultureInfo.InvariantCulture), important: false);
        }
        yield return Line("Duration", Milliseconds(spans.Sum(span => span.Duration)), important: false);
        if (segment.Segment is { Duration: > 0 } whole)
        {
            var share = Math.Min(1, (double)spans.Sum(span => span.Duration) / whole.Duration);
            yield return Line("Share of Transaction", share.ToString("P0", CultureInfo.InvariantCulture), important: false);
        }
        if (problem.Savings is { } savings)
        {
            yield return Line("Possible Saving", Milliseconds(savings), important: false);
        }
        foreach (var measure in problem.Measures)
        {
            yield return Line("Measured", measure.ToString(), important: false);
        }
    }

    static JsonObject Line(string name, string? value, bool important) =>
        new()
        {
            ["name"] = name,
            ["value"] = value ?? "",
            ["important"] = important,
        };

    static string Milliseconds(long microseconds) => (microseconds / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " ms";

    static JsonArray Ids(IEnumerable<long> ids) => [.. ids.Select(id => (JsonNode)HexId.Format(id))];
}
