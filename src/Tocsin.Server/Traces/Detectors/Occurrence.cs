using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// A problem as an event of its issue. Its id follows from the item it was found in, so that a repeated item is found out with all that it raised;
/// its span is the first offending one, which is how the trace's page finds it.
/// </summary>
static class Occurrence
{
    const string Level = "info";

    public static PreparedItem Of(ItemContext context, EventId itemId, SegmentSpans segment, Problem problem)
    {
        var first = problem.Offenders[0];
        var id = IdOf(itemId, problem, segment);
        var fingerprint = $"1-{problem.Kind.Number}-{Hash(problem.Mark)}";
        var row = RowOf(context, segment, problem, id);
        return new PreparedTrace(context)
        {
            EventId = id,
            Timestamp = row.Timestamp,
            Row = row,
            Body = BodyOf(segment, problem, row, id, fingerprint),
            Sighting = new()
            {
                Hashes = [Hash(fingerprint)],
                Type = problem.Kind.Type,
                Title = problem.Kind.Title,
                Culprit = first.Transaction ?? "",
                Metadata = new JsonObject
                {
                    ["title"] = problem.Kind.Title,
                    ["value"] = Cut.To(problem.Summary, 1024),
                }.ToJsonString(),
                Level = Level,
                Platform = first.Platform,
                Priority = "low",
                Environment = first.Environment,
                Release = first.Release,
                User = first.User,
            },
        };
    }

    static EventRow RowOf(ItemContext context, SegmentSpans segment, Problem problem, EventId id)
    {
        var first = problem.Offenders[0];
        return new()
        {
            ProjectId = first.ProjectId,
            EventId = id.Value,
            IssueId = 0,
            Timestamp = SegmentSpans.EndOf(segment.Segment ?? first),
            Received = context.Receipt.Received,
            Type = "generic",
            Level = Level,
            Platform = first.Platform,
            Environment = first.Environment,
            Release = first.Release,
            Dist = first.Dist,
            Transaction = first.Transaction,
            Title = problem.Kind.Title,
            Culprit = first.Transaction,
            Message = Cut.To(problem.Summary, 1024),
            ServerName = first.ServerName,
            Url = segment.Segment?.Url,
            User = first.User,
            SdkName = first.SdkName,
            SdkVersion = first.SdkVersion,
            TraceId = first.TraceId,
            SpanId = first.SpanId,
        };
    }

    static byte[] BodyOf(SegmentSpans segment, Problem problem, EventRow row, EventId id, string fingerprint)
    {
        var body = EventWriter.Write(
            new ErrorEvent
            {
                Id = id,
                Type = row.Type,
                Level = Level,
                Platform = row.Platform,
                Timestamp = Microseconds.ToUtc(row.Timestamp),
                Received = Microseconds.ToUtc(row.Received),
                Transaction = row.Transaction,
                Release = row.Release,
                Environment = row.Environment,
                Dist = row.Dist,
                Contexts = new()
                {
                    ["trace"] = new JsonObject
                    {
                        ["trace_id"] = HexId.Format(row.TraceId!.Value),
                        ["span_id"] = HexId.Format(row.SpanId!.Value),
                        ["op"] = problem.Offenders[0].Op,
                        ["type"] = "trace",
                    },
                },
                Fingerprint = [fingerprint],
            }
        );
        return StoredOccurrence.Write(body, Evidence.Of(segment, problem, row, id, fingerprint));
    }

    static EventId IdOf(EventId itemId, Problem problem, SegmentSpans segment)
    {
        var first = segment.Segment ?? segment.Spans[0];
        var text =
            $"{itemId} {HexId.Format(first.TraceId)} {first.SegmentId ?? first.SpanId:x16} {problem.Kind.Type} {problem.Mark}";
        return new(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
