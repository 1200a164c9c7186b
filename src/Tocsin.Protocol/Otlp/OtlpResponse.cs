using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tocsin.Protocol.Otlp;

/// <summary>The bodies of OTLP's answers, in the encoding of the request.</summary>
public static class OtlpResponse
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of the header that goes with the body.</summary>
    public static string ContentType(OtlpEncoding encoding) =>
        encoding == OtlpEncoding.Json ? "application/json" : "application/x-protobuf";

    /// <summary><c>Export…ServiceResponse</c>: empty, or how many records are bad and why.</summary>
    public static byte[] Success(OtlpSignal signal, OtlpTally tally, OtlpEncoding encoding)
    {
        if (tally.Bad == 0)
        {
            return encoding == OtlpEncoding.Json ? "{}"u8.ToArray() : [];
        }
        var reasons = string.Join(
            "; ",
            tally.Refused.Select(refused =>
                string.Create(CultureInfo.InvariantCulture, $"{refused.Refusal.Cause} ({refused.Count})")
            )
        );
        return encoding == OtlpEncoding.Json
            ? Json(writer =>
            {
                writer.WriteStartObject("partialSuccess");
                writer.WriteString(Rejected(signal), tally.Bad.ToString(CultureInfo.InvariantCulture));
                writer.WriteString("errorMessage", reasons);
                writer.WriteEndObject();
            })
            : new ProtoWriter().Message(1, new ProtoWriter().Number(1, tally.Bad).Text(2, reasons).Written).Written.ToArray();
    }

    /// <summary><c>google.rpc.Status</c></summary>
    /// <param name="code">gRPC's number.</param>
    /// <param name="retryAfter">Seconds; null: trying again is of no use, or nobody knows when it is.</param>
    public static byte[] Status(int code, string message, int? retryAfter, OtlpEncoding encoding)
    {
        if (encoding == OtlpEncoding.Json)
        {
            return Json(writer =>
            {
                writer.WriteNumber("code", code);
                writer.WriteString("message", message);
            });
        }
        var status = new ProtoWriter().Number(1, code).Text(2, message);
        if (retryAfter is { } seconds)
        {
            var retry = new ProtoWriter().Message(1, new ProtoWriter().Number(1, seconds).Written);
            status.Message(
                3,
                new ProtoWriter().Text(1, "type.googleapis.com/google.rpc.RetryInfo").Message(2, retry.Written).Written
            );
        }
        return status.Written.ToArray();
    }

    /// <summary>gRPC's number for what HTTP calls so.</summary>
    public static int Code(int httpStatus) =>
        httpStatus switch
        {
            400 => 3,
            401 => 16,
            403 => 7,
            404 => 5,
            405 or 415 => 12,
            413 or 429 => 8,
            503 => 14,
            _ => 2,
        };

    static string Rejected(OtlpSignal signal) =>
        signal switch
        {
            OtlpSignal.Traces => "rejectedSpans",
            OtlpSignal.Logs => "rejectedLogRecords",
            _ => "rejectedDataPoints",
        };

    static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
