using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway.Quotas;

namespace Tocsin.Server.Gateway;

/// <summary>Writes what clients get to read.</summary>
static class Answers
{
    /// <summary>Until a journal that is full, or a server that is, is worth another try.</summary>
    const string RetryLater = "10";

    /// <summary>A transparent GIF of one pixel.</summary>
    static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>People read these in logs and consoles: quotation marks stay what they are.</summary>
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="exported">The form of an export, which its answer has too; null: as its content type says.</param>
    public static Task AckAsync(
        HttpContext http,
        IngestRoute route,
        EventId? id,
        OtlpTally? tally = null,
        OtlpEncoding? exported = null
    )
    {
        var (response, form) = (http.Response, route.Ack);
        switch (form)
        {
            case AckForm.EventId when HttpMethods.IsGet(http.Request.Method):
                return WriteAsync(response, "image/gif", Pixel);
            case AckForm.EventId:
                return WriteAsync(response, "application/json", id is { } known ? Id(known) : "{}"u8);
            case AckForm.Uuid:
                return WriteAsync(response, "text/plain", Encoding.ASCII.GetBytes((id ?? EventId.New()).ToUuid()));
            case AckForm.Otlp:
                return OtlpAnswers.AckAsync(http, route, tally ?? new(0, []), exported);
            default:
                response.StatusCode = form switch
                {
                    AckForm.Created => StatusCodes.Status201Created,
                    AckForm.Accepted => StatusCodes.Status202Accepted,
                    _ => StatusCodes.Status200OK,
                };
                response.ContentLength = 0;
                return Task.CompletedTask;
        }
    }

    public static Task RefuseAsync(HttpContext http, IngestRoute route, Refusal refusal, OtlpEncoding? exported = null) =>
        route.Ack == AckForm.Otlp ? OtlpAnswers.RefuseAsync(http, route, refusal, exported) : RefuseAsync(http.Response, refusal);

    public static Task RefuseAsync(HttpResponse response, Refusal refusal)
    {
        response.StatusCode = refusal.Status;
        // Old clients print it. Parts of a message may come from the body; a header takes only visible ASCII.
        response.Headers["X-Sentry-Error"] = string.Create(
            refusal.Message.Length,
            refusal.Message,
            static (span, message) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = message[i] is >= ' ' and <= '~' ? message[i] : '?';
                }
            }
        );
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryLater;
        }
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("detail", refusal.Message);
            if (refusal.Cause is not null)
            {
                json.WriteStartArray("causes");
                json.WriteStringValue(refusal.Cause);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return WriteAsync(response, "application/json", body.WrittenSpan);
    }

    /// <summary>Also on a success, so that a client stops before it is refused.</summary>
    public static void TellLimit(HttpResponse response, QuotaHit hit) =>
        response.Headers["X-Sentry-Rate-Limits"] = hit.ToString();

    public static Task LimitAsync(HttpContext http, IngestRoute route, QuotaHit hit, OtlpEncoding? exported = null)
    {
        var response = http.Response;
        TellLimit(response, hit);
        if (route.Ack == AckForm.Otlp)
        {
            return OtlpAnswers.RefuseAsync(http, route, Refusals.RateLimited, exported, hit);
        }
        response.Headers.RetryAfter = hit.RetryAfter.ToString(CultureInfo.InvariantCulture);
        return RefuseAsync(response, Refusals.RateLimited);
    }

    static ReadOnlySpan<byte> Id(EventId id) => Encoding.ASCII.GetBytes($$"""{"id":"{{id}}"}""");

    static Task WriteAsync(HttpResponse response, string contentType, ReadOnlySpan<byte> body)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        var writer = response.BodyWriter;
        body.CopyTo(writer.GetSpan(body.Length));
        writer.Advance(body.Length);
        return Task.CompletedTask;
    }
}
