using System.Globalization;
using System.Text;
using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.Traces;

namespace Protocol.Tests.Otlp;

/// <summary>OTLP requests that the tests spell, in both encodings.</summary>
static class SomeOtlp
{
    public const string Trace = "4c79f60c11214eb38604f4ae0781bfb2";
    public const ulong Start = 1_795_199_487_356_000_999;
    public const ulong End = 1_795_199_487_357_702_703;

    public static OtlpTraces Read(ProtoMessage message) => Read(message.Bytes, OtlpEncoding.Protobuf);

    public static OtlpTraces Read(string json) => Read(Encoding.UTF8.GetBytes(json), OtlpEncoding.Json);

    public static OtlpTraces Read(byte[] body, OtlpEncoding encoding)
    {
        OtlpTraceReader.TryRead(body, encoding, out var read, out var refusal).ShouldBeTrue(refusal?.Message);
        return read;
    }

    public static Refusal Refused(byte[] body, OtlpEncoding encoding = OtlpEncoding.Protobuf)
    {
        OtlpTraceReader.TryRead(body, encoding, out _, out var refusal).ShouldBeFalse();
        return refusal;
    }

    /// <summary>The only span of the only service.</summary>
    public static Span Single(this OtlpTraces read) => read.Services.ShouldHaveSingleItem().Spans.ShouldHaveSingleItem();

    public static IEnumerable<Span> Spans(this OtlpTraces read) => read.Services.SelectMany(service => service.Spans);

    public static ProtoMessage Request(params IEnumerable<ProtoMessage> spans) =>
        new ProtoMessage().Of(1, Service("shop", spans));

    public static ProtoMessage Service(string name, params IEnumerable<ProtoMessage> spans) =>
        new ProtoMessage()
            .Of(1, new ProtoMessage().Of(1, Text("service.name", name)))
            .Of(2, spans.Aggregate(new ProtoMessage(), (scope, span) => scope.Of(2, span)));

    public static ProtoMessage Span(long id, long? parent = null, int kind = 0, uint? flags = null)
    {
        var span = new ProtoMessage()
            .Of(1, Convert.FromHexString(Trace))
            .Of(2, Id(id))
            .Of(5, "GET /cart")
            .Varint(6, (ulong)kind)
            .Fixed64(7, Start)
            .Fixed64(8, End);
        if (parent is { } above)
        {
            span.Of(4, Id(above));
        }
        return flags is { } set ? span.Fixed32(16, set) : span;
    }

    public static byte[] Id(long id) => Convert.FromHexString(id.ToString("x16", CultureInfo.InvariantCulture));

    public static ProtoMessage Text(string key, string value) => Pair(key, new ProtoMessage().Of(1, value));

    public static ProtoMessage Whole(string key, long value) => Pair(key, new ProtoMessage().Varint(3, unchecked((ulong)value)));

    public static ProtoMessage Pair(string key, ProtoMessage value) => new ProtoMessage().Of(1, key).Of(2, value);

    /// <summary>A request in JSON with one span that has these properties beside ids and times.</summary>
    public static string Json(string properties) =>
        $$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"scope":{"name":"demo","version":"0.1"},
            "spans":[{"traceId":"{{{Trace}}}","spanId":"00000000000000a1","startTimeUnixNano":"{{{Start}}}","endTimeUnixNano":"{{{End}}}","name":"GET /cart"{{{properties}}}}]}]}]}
            """;
}
