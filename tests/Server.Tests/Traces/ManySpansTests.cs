using Server.Tests.Pipeline;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

/// <summary>Whoever knows a DSN can send any number of spans in any shape: none may cost more than their number.</summary>
[Collection(Growth.Alone)]
public sealed class ManySpansTests
{
    static readonly Dictionary<string, Func<int, string>> Shapes = new()
    {
        ["each in a trace of its own"] = at => Streamed($"{at:x}", "x", trace: $"{at + 1:x32}"),
        ["each below the one before"] = at => Streamed($"{at + 1:x}", "x", more: $"\"parent_span_id\":\"{at:x16}\","),
        ["all below one"] = at => Streamed($"{at + 2:x}", "x", more: "\"parent_span_id\":\"0000000000000001\","),
        ["each a segment"] = at => Streamed($"{at + 1:x}", $"GET /{at}", more: "\"is_segment\":true,"),
        ["each with one id"] = _ => Streamed("1", "x", more: "\"parent_span_id\":\"0000000000000001\","),
        ["each another query"] = at => Query(at, $"SELECT a FROM b{at} WHERE c = 1"),
    };

    public static TheoryData<string> Names { get; } = [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_as_many_spans_are_prepared_in_twice_the_time(string shape)
    {
        var length = Shapes[shape](0).Length + 1;
        Growth.IsLinear(
            size => Container([.. Enumerable.Range(0, size / length).Select(Shapes[shape])]),
            json => Spans(json).Spans[^1]
        );
    }

    [Fact]
    public void Spans_of_as_many_traces_are_written_in_proportion_to_their_number() =>
        Growth.IsLinear(size => new string(' ', size / 32), text => SpanFormat.Write(RowsOf(text.Length)));

    static string Query(int at, string text) =>
        Streamed($"{at + 1:x}", text, $"{Attribute("sentry.op", "db.query")},{Attribute("db.query.text", text)}");

    static IReadOnlyList<SpanRow> RowsOf(int count)
    {
        var usual = SomeSpans.Of(1, seed: 1)[0];
        return [.. Enumerable.Range(0, count).Select(at => usual with { SpanId = at, TraceId = (UInt128)at })];
    }
}
