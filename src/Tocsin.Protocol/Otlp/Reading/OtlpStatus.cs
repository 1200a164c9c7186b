using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>
/// OpenTelemetry knows unset, ok and error; Sentry tells errors apart. The codes of HTTP and gRPC say more, and so does a message that is one
/// of the names.
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
        var inferred = Inferred(attributes);
        if (code != Error)
        {
            return inferred ?? SpanStatus.Ok;
        }
        var named = SpanStatus.Read(message);
        return named is not (null or SpanStatus.Ok) ? named
            : inferred is not (null or SpanStatus.Ok) ? inferred
            : SpanStatus.InternalError;
    }

    static string? Inferred(AttributeList attributes)
    {
        if (Code(attributes, "http.response.status_code", "http.status_code") is { } http)
        {
            return SpanStatus.OfHttp(http);
        }
        return Code(attributes, "rpc.grpc.status_code", "rpc.response.status_code") is { } grpc ? SpanStatus.OfGrpc(grpc) : null;
    }

    /// <summary>Today's name, and the one before.</summary>
    static long? Code(AttributeList attributes, string name, string legacy)
    {
        var value = attributes.Find(name) ?? attributes.Find(legacy);
        return value?.Whole ?? (long.TryParse(value?.ToString(), out var parsed) ? parsed : null);
    }
}
