using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>
/// OpenTelemetry knows unset, ok and error; Sentry tells errors apart. The codes of gRPC and HTTP say more, and so does a message or a type of
/// error that is one of the names.
/// </summary>
static class OtlpStatus
{
    const int Ok = 1;
    const int Error = 2;

    public static string Of(int code, string? message, AttributeList attributes)
    {
        if (code == Ok)
        {
            return SpanStatus.Ok;
        }
        // A call of gRPC that failed is an answer like any other to HTTP below it.
        var inferred = OfCall(attributes) ?? OfHttp(attributes);
        if (code != Error)
        {
            return inferred ?? SpanStatus.Ok;
        }
        var named = SpanStatus.Read(message);
        var typed = SpanStatus.Read(attributes.Text("error.type"));
        return TellsMore(named) ? named
            : TellsMore(inferred) ? inferred
            : TellsMore(typed) ? typed
            : SpanStatus.InternalError;
    }

    /// <summary>Than that it is an error. Sentry's unknown is none, while gRPC's, which a server answers that threw, is.</summary>
    static bool TellsMore([NotNullWhen(true)] string? status) =>
        status is not (null or SpanStatus.Ok or SpanStatus.Unknown or SpanStatus.InternalError);

    /// <summary>gRPC's number, or the name that took its place; what other protocols answer is one of the names or none.</summary>
    static string? OfCall(AttributeList attributes) =>
        SpanStatus.Read((attributes.Find("rpc.grpc.status_code") ?? attributes.Find("rpc.response.status_code"))?.ToString());

    /// <summary>Today's name, and the one before.</summary>
    static string? OfHttp(AttributeList attributes)
    {
        var value = attributes.Find("http.response.status_code") ?? attributes.Find("http.status_code");
        return long.TryParse(value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? SpanStatus.OfHttp(code)
            : null;
    }
}
