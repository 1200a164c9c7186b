using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Server.Access;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Shapes;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>One span in full: its row, and from the body of its transaction what rows do not hold.</summary>
sealed class SpanDetails(TelemetryStore telemetry, PayloadStore payloads)
{
    static readonly string[] Names =
    [
        "project.id",
        "span_id",
        "parent_span",
        "segment_id",
        "is_transaction",
        "timestamp",
        "received",
        "span.duration",
        "span.self_time",
        "service.name",
        "platform",
        "span.op",
        "span.description",
        "sentry.normalized_description",
        "span.group",
        "span.category",
        "span.domain",
        "span.action",
        "span.status",
        "span.failed",
        "span.kind",
        "span.origin",
        "transaction",
        "transaction.op",
        "environment",
        "release",
        "dist",
        "server_name",
        "sdk.name",
        "sdk.version",
        "user",
        "browser.name",
        "browser.version",
        "os.name",
        "device.class",
        "connection",
        "country",
        "http.method",
        "http.status_code",
        "url",
        "event.id",
        "profile.id",
        "replay.id",
        "sampling.weight",
        "client_sample_rate",
        "measurements.lcp",
        "measurements.inp",
        "measurements.cls",
        "measurements.fcp",
        "measurements.ttfb",
        "measurements.fid",
        "measurements",
        "attributes",
        "links",
        "payload.segment",
        "payload.offset",
        "payload.length",
    ];

    static readonly string[] VitalNames = ["lcp", "inp", "cls", "fcp", "ttfb", "fid"];

    static readonly IReadOnlyList<Selected> Columns = [.. Names.Select(name => new Selected(name, SpanField.Of(name)))];

    /// <summary>Null: no such span has arrived. Of a span that was sent twice, the segment or the longer one.</summary>
    public async Task<SpanDetailShape?> FindAsync(
        Tenant tenant,
        ProjectDirectory directory,
        UInt128 traceId,
        long spanId,
        CancellationToken cancellation
    )
    {
        var projects = directory.Of(tenant.Organization.Id).ToList();
        var scope = new SpanScope(projects, TimeRange.All, [SpanField.TraceId.Is(traceId), SpanField.SpanId.Is(spanId)]);
        var found = await telemetry.QueryAsync(
            scope.Query(Columns) with
            {
                OrderBy = [new(SpanField.IsSegment, true), new(SpanField.Duration, true)],
                Limit = 1,
            },
            cancellation
        );
        return found.Rows is [var row] ? Shape(scope, traceId, row) : null;
    }

    // The initialisers run in the order in which they are written, which is that of the columns.
    SpanDetailShape Shape(SpanScope scope, UInt128 traceId, IReadOnlyList<object?> row)
    {
        var cells = new Cells(row);
        var (project, start, received, duration) = (0L, 0L, 0L, 0.0);
        var bare = new SpanDetailShape
        {
            TraceId = TraceMapping.Hex(traceId),
            Project = scope.SlugOf(project = cells.Number()),
            SpanId = TraceMapping.Hex(cells.Number()),
            ParentSpanId = TraceMapping.Hex(cells.MaybeNumber()),
            SegmentId = TraceMapping.Hex(cells.MaybeNumber()),
            IsSegment = cells.Truth(),
            Start = TraceMapping.Seconds(start = cells.Number()),
            Received = TraceMapping.Seconds(received = cells.Number()),
            Duration = duration = cells.Real(),
            End = TraceMapping.Seconds(start) + (duration / 1e3),
            SelfTime = cells.Real(),
            Service = cells.Text(),
            Platform = cells.Text() ?? "other",
            Op = cells.Text() ?? "default",
            Description = cells.Text(),
            GroupName = cells.Text(),
            Group = TraceMapping.Hex(cells.MaybeNumber()),
            Category = cells.Text(),
            Domain = cells.Text(),
            Action = cells.Text(),
            Status = cells.Text() ?? "unknown",
            Failed = cells.Truth(),
            Kind = cells.Text(),
            Origin = cells.Text(),
            Transaction = cells.Text(),
            TransactionOp = cells.Text(),
            Environment = cells.Text(),
            Release = cells.Text(),
            Dist = cells.Text(),
            ServerName = cells.Text(),
            Sdk = Sdk(cells.Text(), cells.Text()),
            User = cells.Text(),
            Browser = cells.Text(),
            BrowserVersion = cells.Text(),
            Os = cells.Text(),
            Device = cells.Text(),
            Connection = cells.Text(),
            Country = cells.Text(),
            HttpMethod = cells.Text(),
            HttpStatus = (int?)cells.MaybeNumber(),
            Url = cells.Text(),
            EventId = Hex(cells.Id()),
            ProfileId = Hex(cells.Id()),
            ReplayId = Hex(cells.Id()),
            Weight = cells.Real(),
            ClientSampleRate = cells.MaybeReal(),
            Vitals = Vitals(cells),
            Measurements = Measurements(cells.Text()),
            Attributes = Parse(cells.Text()) as JsonObject ?? [],
            Links = Parse(cells.Text()) as JsonArray ?? [],
            Contexts = null,
            Request = null,
            Breadcrumbs = null,
            Extra = null,
        };
        var place = new PayloadLocation(0, (int)cells.Number(), cells.Number(), (int)cells.Number());
        var body = place.IsEmpty
            ? null
            : ArrivalDay
                .Possible(received)
                .Select(day => payloads.Read(place with { Day = day }, record => IsOf(record, project, bare.EventId)))
                .FirstOrDefault(reading => reading is PayloadReading.Found);
        return body is null ? bare : WithBody(bare, body);
    }

    static bool IsOf(PayloadRecord record, long project, string? eventId) =>
        record.ProjectId == project && TraceMapping.Hex(record.EventId.Value) == eventId;

    static SpanDetailShape WithBody(SpanDetailShape bare, PayloadReading reading) =>
        reading is PayloadReading.Found { Record.Body: { Length: > 0 } body } && Parse(body.Span) is JsonObject sent
            ? bare with
            {
                Contexts = sent["contexts"]?.DeepClone() as JsonObject,
                Request = sent["request"]?.DeepClone() as JsonObject,
                Breadcrumbs =
                    (sent["breadcrumbs"] is JsonObject crumbs ? crumbs["values"] : sent["breadcrumbs"])?.DeepClone() as JsonArray,
                Extra = sent["extra"]?.DeepClone() as JsonObject,
            }
            : bare;

    static SpanSdkShape? Sdk(string? name, string? version) => name is null ? null : new(name, version);

    static Dictionary<string, double> Vitals(Cells cells) =>
        VitalNames
            .Select(name => (Name: name, Value: cells.MaybeReal()))
            .Where(vital => vital.Value is not null)
            .ToDictionary(vital => vital.Name, vital => vital.Value!.Value);

    static Dictionary<string, MeasurementShape> Measurements(string? json)
    {
        var measured = new Dictionary<string, MeasurementShape>();
        foreach (var (name, one) in Parse(json) as JsonObject ?? [])
        {
            if (one?["value"] is JsonValue value && value.TryGetValue<double>(out var number))
            {
                measured[name] = new(number, one["unit"]?.ToString());
            }
        }
        return measured;
    }

    static JsonNode? Parse(string? json) => string.IsNullOrEmpty(json) ? null : Parse(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Null for what is no JSON: a row outlives the release that wrote it.</summary>
    static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Hex(UInt128? id) => id is { } value ? TraceMapping.Hex(value) : null;
}
