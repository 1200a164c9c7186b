using System.Text.Json;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Differences;

/// <summary>One run with what may tell it from others. Duration: milliseconds.</summary>
sealed record SampledRun(UInt128 TraceId, long SpanId, double Duration, IReadOnlyList<(string Key, string Value)> Traits)
{
    /// <summary>Longer values are texts of their own, not kinds.</summary>
    const int LongestValue = 200;

    static readonly string[] Named =
    [
        "environment",
        "release",
        "dist",
        "server_name",
        "service.name",
        "span.status",
        "http.method",
        "http.status_code",
        "url",
        "user",
        "browser.name",
        "browser.version",
        "os.name",
        "device.class",
        "connection",
        "geo.country_code",
    ];

    public static IReadOnlyList<Selected> Columns { get; } =
    [
        new("trace", SpanField.TraceId),
        new("span_id", SpanField.SpanId),
        new("duration", SpanField.Duration),
        .. Named.Select(name => new Selected(name, SpanField.Of(name))),
        new("attributes", SpanField.Of("attributes")),
    ];

    public static SampledRun Read(IReadOnlyList<object?> row)
    {
        var cells = new Cells(row);
        return new(
            cells.Id() ?? 0,
            cells.Number(),
            cells.Real(),
            [
                .. Named
                    .Select(name => (Key: name, Value: cells.Text()))
                    .Where(trait => trait.Value is not null)
                    .Select(trait => (trait.Key, trait.Value!)),
                .. Attributes(cells.Text() ?? "{}"),
            ]
        );
    }

    static List<(string, string)> Attributes(string json)
    {
        var traits = new List<(string, string)>();
        try
        {
            using var attributes = JsonDocument.Parse(json);
            foreach (var attribute in attributes.RootElement.EnumerateObject())
            {
                var text = attribute.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null
                    ? ""
                    : attribute.Value.ToString();
                if (text.Length is > 0 and <= LongestValue)
                {
                    traits.Add((attribute.Name, text));
                }
            }
        }
        catch (JsonException)
        {
            // A row outlives the release that wrote it; what cannot be read has no traits.
        }
        return traits;
    }
}
