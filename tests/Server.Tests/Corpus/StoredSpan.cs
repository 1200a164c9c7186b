using System.Text.Json.Nodes;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Corpus;

/// <summary>A span as the telemetry store holds it. Times: microseconds since 1970, durations milliseconds.</summary>
sealed record StoredSpan
{
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }
    public string? ParentSpanId { get; init; }
    public bool IsSegment { get; init; }
    public string? Description { get; init; }
    public string? Op { get; init; }
    public long Start { get; init; }
    public double Duration { get; init; }
    public double SelfTime { get; init; }
    public string? Status { get; init; }
    public string? Transaction { get; init; }
    public string? Platform { get; init; }
    public string? Release { get; init; }
    public string? Group { get; init; }
    public string? Browser { get; init; }
    public string? User { get; init; }
    public string? Attributes { get; init; }
    public IReadOnlyDictionary<string, double> Measurements { get; init; } = new Dictionary<string, double>();

    static readonly string[] Fields =
    [
        "trace",
        "span_id",
        "parent_span",
        "is_transaction",
        "span.description",
        "span.op",
        "timestamp",
        "span.duration",
        "span.self_time",
        "span.status",
        "transaction",
        "platform",
        "release",
        "sentry.normalized_description",
        "browser.name",
        "user",
        "attributes",
        "measurements",
        "measurements.lcp",
        "measurements.fcp",
        "measurements.cls",
        "measurements.inp",
        "measurements.ttfb",
    ];

    static readonly string[] Vitals = ["lcp", "fcp", "cls", "inp", "ttfb"];

    public static async Task<IReadOnlyList<StoredSpan>> AllAsync(TelemetryStore telemetry)
    {
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Spans,
                Range = TimeRange.All,
                Select = [.. Fields.Select(name => new Selected(name, new Expression.Field(name)))],
                Limit = 100_000,
            },
            CancellationToken.None
        );
        result.Partial.ShouldBeFalse();
        return [.. result.Rows.Select(Read)];
    }

    static StoredSpan Read(IReadOnlyList<object?> row) =>
        new()
        {
            TraceId = ((UInt128)row[0]!).ToString("x32"),
            SpanId = Convert.ToInt64(row[1]).ToString("x16"),
            ParentSpanId = row[2] is null ? null : Convert.ToInt64(row[2]).ToString("x16"),
            IsSegment = (bool)row[3]!,
            Description = (string?)row[4],
            Op = (string?)row[5],
            Start = Convert.ToInt64(row[6]),
            Duration = Convert.ToDouble(row[7]),
            SelfTime = Convert.ToDouble(row[8]),
            Status = (string?)row[9],
            Transaction = (string?)row[10],
            Platform = (string?)row[11],
            Release = (string?)row[12],
            Group = (string?)row[13],
            Browser = (string?)row[14],
            User = (string?)row[15],
            Attributes = (string?)row[16],
            Measurements = Measured((string?)row[17], row.Skip(18)),
        };

    /// <summary>From the column of all measurements, and from those of the vitals.</summary>
    static Dictionary<string, double> Measured(string? json, IEnumerable<object?> vitals)
    {
        var measured = JsonNode
            .Parse(json ?? "{}")!
            .AsObject()
            .ToDictionary(pair => pair.Key, pair => pair.Value!["value"]!.GetValue<double>());
        foreach (var (name, value) in Vitals.Zip(vitals))
        {
            if (value is not null)
            {
                measured[name] = Convert.ToDouble(value);
            }
        }
        return measured;
    }
}
