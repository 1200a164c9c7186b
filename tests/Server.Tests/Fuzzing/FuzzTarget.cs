using System.Text;
using Protocol.Tests.Samples;
using Server.Tests.Errors;
using Server.Tests.Gateway;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.SecurityReports;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Query.Search;

namespace Server.Tests.Fuzzing;

/// <summary>
/// One way into the server for bytes that a stranger chose. Run tells in a short text how it ended: how many of what, which refusal. An input
/// with a new text found a new way through the code and is worth mutating further.
/// </summary>
sealed record FuzzTarget(string Name, Func<byte[], string> Run, Func<IEnumerable<byte[]>> Seeds)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("envelope", OfEnvelope, () => Bodies("envelope")),
        new("event", OfEvent, () => CapturedError.All.Select(error => error.Payload.ToArray())),
        new("store", OfStore, () => Bodies("store")),
        new("security-report", OfReport, () => Bodies("security")),
        new("transaction", OfTransaction, () => Items("transaction")),
        new("spans", OfSpans, () => Items("span")),
        new("client-report", OfClientReport, () => Items("client_report")),
        new("otlp-json", body => OfOtlp(body, OtlpEncoding.Json), () => Otlp("{")),
        new("otlp-protobuf", body => OfOtlp(body, OtlpEncoding.Protobuf), () => Otlp("\n")),
        new("gzip", body => OfInflation(body, "gzip"), () => Packed(ContentCoding.Gzip)),
        new("deflate", body => OfInflation(body, "deflate"), () => Packed(ContentCoding.Deflate)),
        new("brotli", body => OfInflation(body, "br"), () => Packed(ContentCoding.Brotli)),
        new("zstd", body => OfInflation(body, "zstd"), () => Packed(ContentCoding.Zstd)),
        new(
            "dsn",
            OfDsn,
            () => Texts("https://9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60@tocsin.example:9000/prefix/42", "http://k:s@h/1")
        ),
        new(
            "auth",
            OfAuth,
            () => Texts("Sentry sentry_version=7, sentry_client=a/1, sentry_key=9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60", "Basic YTpi")
        ),
        new(
            "search",
            OfSearch,
            () =>
                Texts(
                    "is:unresolved (browser:\"Chrome *\" OR !has:user) age:-24h times_seen:>=5",
                    "message:[a, \"b c\", d*] AND tags[x:y]:z last_seen:+2w !level:error",
                    "((a:b OR c:d) e:f) \"free text\" release:>1.2.3"
                )
        ),
    ];

    public override string ToString() => Name;

    static string OfEnvelope(byte[] body)
    {
        if (!Envelope.TryRead(body, new EnvelopeLimits(), out var envelope, out var refusal))
        {
            return $"refused {refusal.Reason} {refusal.Cause is null}";
        }
        return $"{Size(envelope.Items.Count)} {string.Join(' ', envelope.Items.Select(item => item.Header.Type).Distinct().Take(6))}";
    }

    static string OfEvent(byte[] body)
    {
        var prepared = SomeErrors.Pipeline.Prepare(SomeErrors.Context("event"), body);
        return $"{prepared.Outcome.Kind} {prepared.Outcome.Reason} {prepared.Row?.Type} {prepared.Row?.Level} {prepared.Row?.Platform} "
            + $"{Size(prepared.Row?.Tags.Length ?? 0)} {Size(prepared.Body.Length)} {prepared.Row?.ErrorType is null} {prepared.Row?.User is null}";
    }

    static string OfStore(byte[] body)
    {
        if (!StoreBody.TryDecode(body, 1 << 20, out var json, out var refusal))
        {
            return $"refused {refusal.Reason}";
        }
        return EventReader.TryScan(json.Value.Span, out var scan, out refusal)
            ? $"event {scan.Type} {Size(json.Value.Length)}"
            : $"no event {refusal.Reason}";
    }

    static string OfReport(byte[] body) =>
        SecurityReportReader.TryRead(body, out var events, out var refusal)
            ? $"{Size(events.Count)} {(events.Count == 0 ? null : events[0].Type)}"
            : $"refused {refusal.Reason}";

    static string OfTransaction(byte[] body) =>
        TransactionReader.TryRead(body, out var read, out var refusal)
            ? $"read {Size(read.ToString().Length)}"
            : $"refused {refusal.Reason}";

    static string OfSpans(byte[] body) =>
        SpanItemReader.TryRead(body, out var read, out var refusal)
            ? $"read {Size(read.Spans.Count)} {Size(read.ToString().Length)}"
            : $"refused {refusal.Reason}";

    static string OfClientReport(byte[] body) =>
        ClientReport.TryRead(body, out var losses)
            ? $"{Size(losses.Count)} {string.Join(' ', losses.Select(loss => loss.Category).Distinct().Take(5))}"
            : "refused";

    static string OfOtlp(byte[] body, OtlpEncoding encoding) =>
        OtlpTraceReader.TryRead(body, encoding, out var read, out var refusal)
            ? $"read {Size(read.ToString()!.Length)}"
            : $"refused {refusal.Reason}";

    static string OfInflation(byte[] body, string encoding)
    {
        try
        {
            using var inflated = BodyInflater.Inflate(encoding, body, new BodyLimits(1 << 20, 4 << 20));
            return $"inflated {Size(inflated.Memory.Length)}";
        }
        catch (InvalidDataException refused)
        {
            return refused.Message;
        }
    }

    static string OfDsn(byte[] body) =>
        Dsn.TryParse(Encoding.Latin1.GetString(body), out var dsn)
            ? $"{Size(dsn.ProjectId.ToString().Length)} {dsn.PublicKey.Length}"
            : "none";

    static string OfAuth(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        return AuthHeader.TryRead(text, text, text, null, out var auth, out var refusal)
            ? $"{auth.PublicKey.Length} {auth.Client is null}"
            : $"{refusal.Status} {refusal.Reason}";
    }

    static string OfSearch(byte[] body) =>
        SearchParser.TryParse(Encoding.UTF8.GetString(body), out var term, out var error)
            ? $"{term.GetType().Name} {Size(term.ToString()!.Length)}"
            : error.Message[..Math.Min(24, error.Message.Length)];

    /// <summary>To the next power of two: more of the same is nothing new.</summary>
    static int Size(long size) => size == 0 ? 0 : 1 << (int)Math.Ceiling(Math.Log2(size));

    static IEnumerable<byte[]> Bodies(string kind) =>
        Capture.OfKind(kind).Select(capture => capture.Body()).Where(body => body.Length < 40_000);

    static IEnumerable<byte[]> Items(string type)
    {
        foreach (var body in Bodies("envelope"))
        {
            if (Envelope.TryRead(body, new EnvelopeLimits(), out var envelope, out _))
            {
                foreach (var item in envelope.Items.Where(item => item.Header.Type == type))
                {
                    yield return item.Payload.ToArray();
                }
            }
        }
    }

    static IEnumerable<byte[]> Otlp(string beginning) =>
        Capture
            .All.Where(capture => capture.Kind.Contains("otlp", StringComparison.Ordinal))
            .Select(capture => capture.Body())
            .Where(body => body.Length is > 0 and < 40_000 && body[0] == beginning[0]);

    static IEnumerable<byte[]> Packed(ContentCoding coding) =>
        Bodies("envelope").Take(20).Select(body => Coded.As(coding, body)).Append(Coded.Bomb(coding, 1 << 24));

    static IEnumerable<byte[]> Texts(params IReadOnlyList<string> texts) => texts.Select(Encoding.UTF8.GetBytes);
}
