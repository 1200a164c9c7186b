using System.Text;
using System.Text.Json.Nodes;
using Protocol.Tests.Otlp;
using Server.Tests.Pipeline;
using Tocsin.Protocol;
using Tocsin.Protocol.Traces;

namespace Server.Tests.Traces;

/// <summary>One run of a transaction that a client sends though it leaves out most of them, in each form that clients have.</summary>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="Length">Milliseconds, below a thousand.</param>
sealed record SampledRun(string Name, UInt128 Trace, long Start, int Length, bool Failed)
{
    const string SpanId = "00000000000000aa";

    /// <param name="start">Of all of them.</param>
    public static IReadOnlyList<SampledRun> Some(string name, long start)
    {
        var random = new Random(name.Length);
        return
        [
            .. Enumerable
                .Range(1, 37)
                .Select(_ => new SampledRun(name, EventId.New().Value, start, random.Next(1, 1000), random.Next(4) == 0)),
        ];
    }

    string TraceId => HexId.Format(Trace);
    string End => $"{Start}.{Length:000}";
    string Status => Failed ? "internal_error" : "ok";

    /// <param name="rate">As it stands in the header's JSON.</param>
    public byte[] AsTransaction(string rate) =>
        Envelope(EventId.New(), rate)
            .With(
                "transaction",
                $$$"""
                {"type":"transaction","platform":"python","transaction":"{{{Name}}}","transaction_info":{"source":"custom"},
                "start_timestamp":{{{Start}}},"timestamp":{{{End}}},"spans":[],
                "contexts":{"trace":{"trace_id":"{{{TraceId}}}","span_id":"{{{SpanId}}}","op":"task","status":"{{{Status}}}"} } }
                """
            )
            .ToBytes();

    /// <param name="rate">As it stands in the header's JSON.</param>
    public byte[] AsStreamed(string rate) =>
        Envelope(null, rate)
            .With(
                "span",
                $$"""
                {"version":2,"items":[{"trace_id":"{{TraceId}}","span_id":"{{SpanId}}","name":"{{Name}}","is_segment":true,
                "start_timestamp":{{Start}},"end_timestamp":{{End}},"status":"{{(Failed ? "error" : "ok")}}","attributes":{} }]}
                """,
                new() { ["item_count"] = 1, ["content_type"] = "application/vnd.sentry.items.span.v2+json" }
            )
            .ToBytes();

    /// <param name="rate">As it stands in the header's JSON.</param>
    public byte[] AsSingle(string rate) =>
        Envelope(null, rate)
            .With(
                "span",
                $$"""
                {"trace_id":"{{TraceId}}","span_id":"{{SpanId}}","description":"{{Name}}","op":"task","is_segment":true,
                "start_timestamp":{{Start}},"timestamp":{{End}},"status":"{{Status}}"}
                """
            )
            .ToBytes();

    /// <param name="threshold">Of consistent sampling: hex digits.</param>
    public byte[] AsJsonExport(string threshold) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{"traceId":"{{TraceId}}","spanId":"{{SpanId}}","name":"{{Name}}",
            "startTimeUnixNano":"{{Start}}000000000","endTimeUnixNano":"{{Start}}{{Length:000}}000000","traceState":"ot=th:{{threshold}}",
            "status":{"code":{{(Failed ? 2 : 1)}} } }]}]}]}
            """
        );

    /// <summary>As it also comes by gRPC.</summary>
    /// <param name="threshold">Of consistent sampling: hex digits.</param>
    public byte[] AsProtobufExport(string threshold) =>
        SomeOtlp
            .Request(
                new ProtoMessage()
                    .Of(1, Convert.FromHexString(TraceId))
                    .Of(2, Convert.FromHexString(SpanId))
                    .Of(3, $"ot=th:{threshold}")
                    .Of(5, Name)
                    .Fixed64(7, (ulong)Start * 1_000_000_000)
                    .Fixed64(8, ((ulong)Start * 1_000_000_000) + ((ulong)Length * 1_000_000))
                    .Of(15, new ProtoMessage().Varint(3, Failed ? 2UL : 1UL))
            )
            .Bytes;

    SomeEnvelope Envelope(EventId? id, string rate) =>
        new(id)
        {
            Trace = new() { ["trace_id"] = TraceId, ["sample_rate"] = JsonNode.Parse(rate) },
        };
}
