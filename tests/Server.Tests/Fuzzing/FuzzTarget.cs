using System.Text;
using Protocol.Tests.Samples;
using Server.Tests.Errors;
using Server.Tests.Gateway;
using Tocsin.Protocol;
using Tocsin.Protocol.Crashes;
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
/// One way into the server for bytes that a stranger chose, with inputs to begin with. Within mutates a part of an input that is hidden from
/// whoever sees only bytes, such as what is compressed in it, and packs it again; null where there is no such thing.
/// </summary>
sealed record FuzzTarget(
    string Name,
    Action<byte[]> Run,
    Func<IEnumerable<byte[]>> Seeds,
    Func<byte[], Random, Func<byte[], byte[]>, byte[]>? Within = null
)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("envelope", OfEnvelope, () => Bodies("envelope"), Inside.Lines),
        new(
            "event",
            body => KeptItems.Of(ItemType.Event, body),
            () => CapturedError.All.Select(error => error.Payload.ToArray()),
            InsideJson.Change
        ),
        new("store", OfStore, () => Bodies("store")),
        new("security-report", OfReports, () => Bodies("security")),
        new(
            "crash-form",
            OfCrashForm,
            () =>
                Texts(
                    "--b\r\nContent-Disposition: form-data; name=\"sentry\"\r\n\r\n{\"event_id\":\"0123456789abcdef0123456789abcdef\"}\r\n--b--\r\n",
                    "--b\r\nContent-Disposition: form-data; name=__sentry-event; filename=\"a\\\"b\"\r\nX: y\r\n\r\n\u0001\u0012\r\n--b--",
                    "--b\r\n\r\n\r\n--b \r\nContent-Disposition:form-data;name=\"sentry__2\"\r\n\r\n}\r\n--b--"
                )
        ),
        new("transaction", body => TransactionReader.TryRead(body, out _, out _), () => Items("transaction"), InsideJson.Change),
        new("spans", body => SpanItemReader.TryRead(body, out _, out _), () => Items("span"), InsideJson.Change),
        new("transaction-item", body => KeptItems.Of(ItemType.Transaction, body), () => Items("transaction"), InsideJson.Change),
        new("span-item", body => KeptItems.Of(ItemType.Span, body), () => Items("span"), InsideJson.Change),
        new("export", KeptItems.OfExport, () => Otlp("{").Concat(Otlp("\n")), WithinExport),
        new("client-report", body => ClientReport.TryRead(body, out _), () => Items("client_report")),
        new(
            "otlp-json",
            body => OtlpTraceReader.TryRead(body, OtlpEncoding.Json, out _, out _),
            () => Otlp("{"),
            InsideJson.Change
        ),
        new(
            "otlp-protobuf",
            body => OtlpTraceReader.TryRead(body, OtlpEncoding.Protobuf, out _, out _),
            () => Otlp("\n"),
            Inside.Message
        ),
        new("gzip", body => OfInflation(body, "gzip"), () => Packed(ContentCoding.Gzip), Inside.Packed(ContentCoding.Gzip)),
        new(
            "deflate",
            body => OfInflation(body, "deflate"),
            () => Packed(ContentCoding.Deflate),
            Inside.Packed(ContentCoding.Deflate)
        ),
        new("brotli", body => OfInflation(body, "br"), () => Packed(ContentCoding.Brotli), Inside.Packed(ContentCoding.Brotli)),
        new("zstd", body => OfInflation(body, "zstd"), () => Packed(ContentCoding.Zstd), Inside.Packed(ContentCoding.Zstd)),
        new(
            "dsn",
            body => Dsn.TryParse(Encoding.Latin1.GetString(body), out _),
            () => Texts("https://9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60@tocsin.example:9000/prefix/42", "http://k:s@h/1")
        ),
        new(
            "auth",
            OfAuth,
            () => Texts("Sentry sentry_version=7, sentry_client=a/1, sentry_key=9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60", "Basic YTpi")
        ),
        new(
            "search",
            body => SearchParser.TryParse(Encoding.UTF8.GetString(body), out _, out _),
            () =>
                Texts(
                    "is:unresolved (browser:\"Chrome *\" OR !has:user) age:-24h times_seen:>=5",
                    "message:[a, \"b c\", d*] AND tags[x:y]:z last_seen:+2w !level:error",
                    "((a:b OR c:d) e:f) \"free text\" release:>1.2.3"
                )
        ),
        new(
            "question",
            AskedQuestions.Of,
            () =>
                Texts(
                    "p95(span.duration)\nspan.op:db transaction.duration:>300ms OR !has:user",
                    "equation|(count() + p50(span.self_time)) / count_unique(user) * 2.5\ntimestamp:-24h p95():>1s",
                    "tags[a,number]\ntags[a,number]:>=1 measurements.lcp:<2.5s message:[a*,\"b c\"]",
                    "apdex(300)\nevent.type:transaction trace:4bf92f3577b34da6 http.status_code:5*",
                    "count_if(span.status,notEquals,ok)\nproject:shop issue:SHOP-1 release:latest"
                )
        ),
    ];

    /// <summary>One of them, or the one with the planted mistake.</summary>
    public static FuzzTarget Named(string name) => All.Append(PlantedParser.Target).Single(target => target.Name == name);

    public override string ToString() => Name;

    static byte[] WithinExport(byte[] input, Random random, Func<byte[], byte[]> mutate) =>
        input is [(byte)'{', ..] ? InsideJson.Change(input, random, mutate) : Inside.Message(input, random, mutate);

    static void OfEnvelope(byte[] body) => Envelope.TryRead(body, new EnvelopeLimits(), out _, out _);

    static void OfStore(byte[] body)
    {
        if (StoreBody.TryDecode(body, 1 << 20, out var json, out _))
        {
            EventReader.TryScan(json.Value.Span, out _, out _);
        }
    }

    static void OfReports(byte[] body)
    {
        SecurityReportReader.TryRead(body, out _, out _);
        SecurityReportReader.TryCut(body, out _, out _);
    }

    static void OfCrashForm(byte[] body)
    {
        var framer = new MultipartFramer("b", MinidumpForm.Keeps);
        framer.Feed(body.AsSpan(0, body.Length / 2));
        framer.Feed(body.AsSpan(body.Length / 2));
        framer.Finish();
        MinidumpForm.FindId(framer.Parts);
        PackedEvent.ReadId(body);
    }

    static void OfInflation(byte[] body, string encoding)
    {
        try
        {
            using var arena = new BodyArena();
            BodyInflater.Inflate(encoding, body, new BodyLimits(1 << 20, 4 << 20), arena);
        }
        catch (InvalidDataException)
        {
            // Refused.
        }
    }

    static void OfAuth(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        AuthHeader.TryRead(text, text, text, null, out _, out _);
    }

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
