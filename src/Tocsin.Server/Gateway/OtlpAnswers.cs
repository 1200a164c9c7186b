using System.Globalization;
using Microsoft.Extensions.Primitives;
using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway.Quotas;

namespace Tocsin.Server.Gateway;

/// <summary>What exporters of OpenTelemetry get to read: over HTTP a body in the form of the request's, over gRPC a status behind the answer.</summary>
static class OtlpAnswers
{
    /// <summary>Seconds until a server that is full is worth another try.</summary>
    const int RetryLater = 10;

    public static async Task AckAsync(HttpContext http, IngestRoute route, OtlpTally tally, OtlpEncoding? exported)
    {
        var (response, encoding) = (http.Response, exported ?? Stated(http.Request));
        var body = OtlpResponse.Success(route.Signal!.Value, tally, encoding);
        if (route.IsGrpc)
        {
            await GrpcAnswers.SucceedAsync(response, body);
            return;
        }
        await WriteAsync(response, OtlpResponse.ContentType(encoding), body);
    }

    public static Task RefuseAsync(
        HttpContext http,
        IngestRoute route,
        Refusal refusal,
        OtlpEncoding? exported,
        QuotaHit? hit = null
    )
    {
        var (response, encoding) = (http.Response, exported ?? Stated(http.Request));
        var retryAfter = hit?.RetryAfter ?? (refusal.Status == StatusCodes.Status503ServiceUnavailable ? RetryLater : (int?)null);
        var code = OtlpResponse.Code(refusal.Status);
        var message = refusal.Cause is null ? refusal.Message : $"{refusal.Message}: {refusal.Cause}";
        if (route.IsGrpc)
        {
            return GrpcAnswers.FailAsync(response, code, message, OtlpResponse.Status(code, message, retryAfter, encoding));
        }
        response.StatusCode = refusal.Status;
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = new StringValues(seconds.ToString(CultureInfo.InvariantCulture));
        }
        var body = OtlpResponse.Status(code, message, retryAfter, encoding);
        return WriteAsync(response, OtlpResponse.ContentType(encoding), body);
    }

    /// <summary>Of a request that is refused unread.</summary>
    static OtlpEncoding Stated(HttpRequest request) => OtlpEncodings.Of(request.ContentType, []);

    static async Task WriteAsync(HttpResponse response, string contentType, byte[] body)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
