using Protocol.Tests.Otlp;
using Tocsin.Protocol.Otlp;

namespace Server.Tests.Gateway;

/// <summary>Exports of OpenTelemetry as bytes.</summary>
static class SomeExport
{
    public const string Json = "application/json";
    public const string Protobuf = "application/x-protobuf";

    public static byte[] Spans(int count) => SomeOtlp.Request(Enumerable.Range(1, count).Select(id => SomeOtlp.Span(id))).Bytes;

    /// <summary>Good ones, and some without ids.</summary>
    public static byte[] Spans(int good, int bad) =>
        SomeOtlp
            .Request([
                .. Enumerable.Range(1, good).Select(id => SomeOtlp.Span(id)),
                .. Enumerable.Repeat(new ProtoMessage(), bad),
            ])
            .Bytes;

    /// <summary>Spans with an exception each.</summary>
    public static byte[] Thrown(int count) =>
        SomeOtlp
            .Request(
                Enumerable
                    .Range(1, count)
                    .Select(id =>
                        SomeOtlp
                            .Span(id)
                            .Of(11, new ProtoMessage().Of(2, "exception").Of(3, SomeOtlp.Text("exception.type", "RangeError")))
                    )
            )
            .Bytes;

    public static byte[] Of(OtlpSignal signal, string contentType) =>
        (signal, contentType) switch
        {
            (OtlpSignal.Traces, Protobuf) => Spans(3),
            (OtlpSignal.Traces, _) => System.Text.Encoding.UTF8.GetBytes(SomeOtlp.Json("")),
            (OtlpSignal.Logs, Json) => """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{}},{}]}]}]}"""u8.ToArray(),
            (OtlpSignal.Metrics, Json) => """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a"}]}]}]}"""u8.ToArray(),
            _ => new ProtoMessage()
                .Of(1, new ProtoMessage().Of(2, new ProtoMessage().Of(2, new ProtoMessage().Of(1, "a")).Of(2, [])))
                .Bytes,
        };
}
