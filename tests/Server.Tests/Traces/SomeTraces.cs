using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Errors;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Countries;
using Tocsin.Server.Issues;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

/// <summary>Items with spans and what the pipelines make of them, on the day on which the samples were captured.</summary>
static class SomeTraces
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    static readonly IMeterFactory Meters = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    static readonly TraceMeter Meter = new(Meters);
    static readonly IssueIntake Issues = new(new());

    /// <summary>Of all kinds of items that hold spans.</summary>
    public static IReadOnlyList<IItemPipeline> Pipelines =>
        [
            new TransactionPipeline(Meter, new(), Issues, CountryTable.None),
            PipelineWith(new()),
            new OtlpPipeline(Meter, new(), Issues, CountryTable.None),
        ];

    /// <summary>Seconds since 1970: ten seconds before the receipt.</summary>
    public static double Start { get; } = SomeErrors.Now.ToUnixTimeSeconds() - 10;

    public static PreparedItem Transaction(
        string json,
        ProjectOptions? options = null,
        string? envelope = null,
        SegmentMemory? memory = null
    )
    {
        var pipeline = new TransactionPipeline(Meter, memory ?? new(), Issues, CountryTable.None);
        var prepared = pipeline.Prepare(Context("transaction", options, envelope), Encoding.UTF8.GetBytes(json));
        prepared.Tell();
        return prepared;
    }

    public static PreparedItem Spans(
        string json,
        ProjectOptions? options = null,
        string? envelope = null,
        SegmentMemory? memory = null
    )
    {
        var pipeline = PipelineWith(memory ?? new());
        var prepared = pipeline.Prepare(Context("span", options, envelope), Encoding.UTF8.GetBytes(json));
        prepared.Tell();
        return prepared;
    }

    /// <param name="json">Of an export of OpenTelemetry.</param>
    public static PreparedItem Export(string json, SegmentMemory? memory = null)
    {
        var pipeline = new OtlpPipeline(Meter, memory ?? new(), Issues, CountryTable.None);
        var prepared = pipeline.Prepare(Context(DoorItem.OtlpTraces, null, null), Encoding.UTF8.GetBytes(json));
        prepared.Tell();
        return prepared;
    }

    public static SpanPipeline PipelineWith(SegmentMemory memory) => new(Meter, memory, Issues, CountryTable.None);

    /// <summary>A transaction of two seconds. Fields: more of its own, each with a comma behind it; spans: its children.</summary>
    public static string TransactionJson(string fields = "", string spans = "", string trace = "", string name = "GET /cart") =>
        $$"""
            {"type":"transaction","event_id":"9ec79c33ec9942ab8353589fcb2e04dc","platform":"python","transaction":"{{name}}",{{fields}}
            "start_timestamp":{{Start}},"timestamp":{{Start + 2}},"contexts":{"trace":{ {{trace}}
            "trace_id":"{{TraceId}}","span_id":"00000000000000aa","op":"http.server"} },"spans":[{{spans}}]}
            """;

    /// <summary>From and length in milliseconds after the transaction's start.</summary>
    public static string SpanJson(string id, string parent, double from, double length, string more = "") =>
        $$"""
            {"trace_id":"{{TraceId}}","span_id":"{{id.PadLeft(16, '0')}}","parent_span_id":"{{parent.PadLeft(
                16,
                '0'
            )}}",{{more}}"start_timestamp":{{Start + from / 1000}},"timestamp":{{Start + (from + length) / 1000}}}
            """;

    /// <summary>A streamed span. Attributes: the inside of the object.</summary>
    public static string Streamed(string id, string name, string attributes = "", string more = "", string trace = TraceId) =>
        $$"""
            {"trace_id":"{{trace}}","span_id":"{{id.PadLeft(
                16,
                '0'
            )}}",{{more}}"name":"{{name}}","status":"ok","start_timestamp":{{Start}},
            "end_timestamp":{{Start + 1}},"attributes":{ {{attributes}} } }
            """;

    public static string Container(params string[] spans) => $$"""{"version":2,"items":[{{string.Join(',', spans)}}]}""";

    public static string Attribute(string key, string value) =>
        $$"""
            "{{key}}":{"value":"{{value}}","type":"string"}
            """;

    public static SpanRow RowOf(PreparedItem item, string spanId) =>
        item.Spans.Single(row => row.SpanId == Convert.ToInt64(spanId, 16));

    static ItemContext Context(string type, ProjectOptions? options, string? envelope)
    {
        var context = SomeErrors.Context(type, options);
        if (envelope is null)
        {
            return context;
        }
        var bytes = Encoding.UTF8.GetBytes(envelope + "\n");
        Envelope.TryRead(bytes, new EnvelopeLimits(), out var read, out var refusal).ShouldBeTrue(refusal?.Message);
        return context with { Envelope = read!.Header };
    }
}
