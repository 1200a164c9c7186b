using System.IO.Compression;

namespace Server.Tests.Corpus;

/// <summary>A request that is wrong in one way, and what its client is told.</summary>
/// <param name="Name">What is wrong, as a sentence's beginning.</param>
/// <param name="Detail">The answer's message, or its beginning.</param>
/// <param name="Cause">What the answer says beyond the message; null: nothing.</param>
sealed record BrokenRequest(string Name, int Status, string Detail, string? Cause = null)
{
    const string Id = "0123456789abcdef0123456789abcdef";

    public string Method { get; init; } = "POST";
    public string Path { get; init; } = "/api/42/envelope/";
    public byte[] Body { get; init; } = [];
    public string? Auth { get; init; } = $"Sentry sentry_version=7, sentry_key={WholeServer.Key}";
    public string? Encoding { get; init; }
    public string? Authorization { get; init; }

    /// <summary>Whether a project's statistics show it: it must be clear which project was meant.</summary>
    public bool IsCounted { get; init; } = true;

    public static IReadOnlyList<BrokenRequest> All { get; } =
    [.. Envelopes(), .. Encodings(), .. Stores(), .. Doors(), .. Senders()];

    public HttpRequestMessage ToMessage()
    {
        var request = new HttpRequestMessage(new(Method), Path) { Content = new ByteArrayContent(Body) };
        if (Auth is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Sentry-Auth", Auth);
        }
        if (Authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        }
        if (Encoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", Encoding);
        }
        return request;
    }

    public override string ToString() => Name;

    static IEnumerable<BrokenRequest> Envelopes()
    {
        const string invalid = "invalid event envelope";
        yield return new("An empty envelope body", 400, "empty request body");
        yield return new("A header that is no JSON", 400, invalid, "invalid envelope header") { Body = Text("hello\n{}\n") };
        yield return new("A header that is a list", 400, invalid, "invalid envelope header") { Body = Text("[]\n") };
        yield return new("A header that names two times of sending", 400, invalid, "invalid envelope header")
        {
            Body = Text("""{"sent_at":"2026-11-20T12:00:00Z","sent_at":"2026-11-20T12:00:00Z"}""" + "\n"),
        };
        yield return new("A header whose event id is none", 400, invalid, "invalid envelope header")
        {
            Body = Text("{\"event_id\":\"xyz\"}\n{\"type\":\"event\"}\n{}"),
        };
        yield return new("A header line without end", 400, invalid, "header line too long")
        {
            Body = Text($"{{\"a\":\"{new string('x', 20_000)}\"}}\n"),
        };
        yield return new(
            "A header that names another key",
            400,
            invalid,
            "public key header mismatch between envelope and request"
        )
        {
            Body = Text($"{{\"dsn\":\"http://{Id}@localhost/42\"}}\n{{\"type\":\"event\"}}\n{{}}"),
        };
        yield return new(
            "A header that names another project",
            400,
            invalid,
            "project id header mismatch between envelope and request"
        )
        {
            Body = Text($"{{\"dsn\":\"http://{WholeServer.Key}@localhost/43\"}}\n{{\"type\":\"event\"}}\n{{}}"),
        };
        yield return new("An item header that is no JSON", 400, invalid, "invalid item header")
        {
            Body = Text("{}\nevent\n{}\n"),
        };
        yield return new("An item without a type", 400, invalid, "invalid item header")
        {
            Body = Text("{}\n{\"length\":2}\n{}\n"),
        };
        yield return new("An item that is shorter than its length", 400, invalid, "unexpected end of file")
        {
            Body = Text("{}\n{\"type\":\"event\",\"length\":200}\n{}\n"),
        };
        yield return new("An item that is longer than its length", 400, invalid, "missing newline after header or payload")
        {
            Body = Text("{}\n{\"type\":\"event\",\"length\":1}\n{}\n"),
        };
        yield return new("A negative length", 400, invalid, "invalid item header")
        {
            Body = Text("{}\n{\"type\":\"event\",\"length\":-1}\n{}\n"),
        };
        yield return new("A length that is no number", 400, invalid, "invalid item header")
        {
            Body = Text("{}\n{\"type\":\"event\",\"length\":\"2\"}\n{}\n"),
        };
        yield return new("An item that only servers send each other", 400, invalid, "invalid item header")
        {
            Body = Text("{}\n{\"type\":\"integration\"}\n{}\n"),
        };
        yield return new("Two events in one envelope", 413, TooLarge("event"))
        {
            Body = Text("{}\n{\"type\":\"event\"}\n{}\n{\"type\":\"event\"}\n{}\n"),
        };
        yield return new("An event beside a feedback", 413, TooLarge("feedback"), "an envelope holds one event at most")
        {
            Body = Text("{}\n{\"type\":\"event\"}\n{}\n{\"type\":\"feedback\"}\n{}\n"),
        };
        yield return new("An event of more than a mebibyte", 413, TooLarge("event"))
        {
            Body = Text($"{{}}\n{{\"type\":\"event\"}}\n{{\"message\":\"{new string('x', 1 << 20)}\"}}\n"),
        };
        yield return new("More than thirty attachments", 413, TooLarge("attachment"))
        {
            Body = Text(
                $"{{\"event_id\":\"{Id}\"}}\n"
                    + string.Concat(Enumerable.Repeat("{\"type\":\"attachment\",\"length\":1}\nx\n", 31))
            ),
        };
        yield return new("A client report of more than 100 kibibytes", 413, TooLarge("client_report"))
        {
            Body = Text($"{{}}\n{{\"type\":\"client_report\"}}\n{new string('x', 101 << 10)}\n"),
        };
    }

    static IEnumerable<BrokenRequest> Encodings()
    {
        const string undecodable = "failed to decode the request body";
        var plain = Text("{}\n{\"type\":\"event\"}\n{}\n");
        foreach (var coding in (string[])["gzip", "deflate", "br", "zstd"])
        {
            yield return new($"A body that is not {coding} though it says so", 400, undecodable, $"{coding}: invalid data")
            {
                Encoding = coding,
                Body = plain,
            };
        }
        yield return new("A gzip body that ends too early", 400, undecodable, "gzip: unexpected end of data")
        {
            Encoding = "gzip",
            Body = Gzip(plain)[..^12],
        };
        yield return new("A body of too many layers", 400, "too many content encodings")
        {
            Encoding = "gzip, gzip, gzip, gzip, gzip, gzip",
            Body = plain,
        };
        yield return new("A gzip bomb", 413, TooLarge("envelope"))
        {
            Encoding = "gzip",
            Body = Gzip(Text("{}\n{\"type\":\"attachment\"}\n" + new string('x', 101 << 20))),
        };
    }

    static IEnumerable<BrokenRequest> Stores()
    {
        const string store = "/api/42/store/";
        yield return new("An empty store body", 400, "empty request body") { Path = store };
        yield return new("A store body that is neither JSON nor base64", 400, "invalid JSON data: ")
        {
            Path = store,
            Body = Text("hello, world"),
        };
        yield return new("A store body that is a list", 400, "invalid JSON data: ") { Path = store, Body = Text("[]") };
        yield return new("A store body that ends too early", 400, "invalid JSON data: ")
        {
            Path = store,
            Body = Text("{\"message\":\"a"),
        };
        yield return new("A store body with something behind it", 400, "invalid JSON data: ")
        {
            Path = store,
            Body = Text("{} {}"),
        };
        yield return new("Base64 of what is no zlib", 400, "invalid JSON data: ")
        {
            Path = store,
            Body = Text(Convert.ToBase64String(Text("hello, world"))),
        };
        yield return new("A store body of more than a mebibyte", 413, TooLarge("event"))
        {
            Path = store,
            Body = Text($"{{\"message\":\"{new string('x', 1 << 20)}\"}}"),
        };
        yield return new("An event in the address that is none", 400, "invalid JSON data: ")
        {
            Method = "GET",
            Path = $"{store}?sentry_data=hello&sentry_key={WholeServer.Key}",
            Auth = null,
        };
        yield return new("An address without an event", 400, "empty request body")
        {
            Method = "GET",
            Path = $"{store}?sentry_key={WholeServer.Key}",
            Auth = null,
        };
    }

    static IEnumerable<BrokenRequest> Doors()
    {
        yield return new("An empty security report", 400, "empty request body") { Path = "/api/42/security/" };
        yield return new("A security report of more than 64 kibibytes", 413, TooLarge("security"))
        {
            Path = "/api/42/security/",
            Body = Text($"{{\"csp-report\":\"{new string('x', 64 << 10)}\"}}"),
        };
        yield return new("A minidump that is not there", 400, "missing minidump") { Path = "/api/42/minidump/" };
        yield return new("Files for an event that is none", 400, "invalid event id")
        {
            Path = "/api/42/events/xyz/attachments/",
            Body = Text("x"),
        };
        yield return new("A check-in without a status", 400, "missing field `status`") { Path = "/api/42/cron/nightly/" };
    }

    static IEnumerable<BrokenRequest> Senders()
    {
        var envelope = Text("{}\n{\"type\":\"event\"}\n{}\n");
        yield return new("Nobody's key", 401, "missing authorization information")
        {
            Auth = null,
            Body = envelope,
            IsCounted = false,
        };
        yield return new("Two keys", 401, "multiple authorization payloads detected")
        {
            Authorization = $"Sentry sentry_key={WholeServer.Key}",
            Body = envelope,
            IsCounted = false,
        };
        yield return new("A header without a key", 401, "bad x-sentry-auth header", "missing public key in auth header")
        {
            Auth = "Sentry sentry_version=7",
            Body = envelope,
            IsCounted = false,
        };
        yield return new("A key that is none", 400, "bad sentry DSN public key")
        {
            Auth = "Sentry sentry_key=abc",
            Body = envelope,
            IsCounted = false,
        };
        yield return new("A protocol that is not invented yet", 400, "unsupported protocol version (8)")
        {
            Auth = $"Sentry sentry_version=8, sentry_key={WholeServer.Key}",
            Body = envelope,
            IsCounted = false,
        };
        yield return new("A key of no project", 403, "event submission rejected with_reason: ProjectId")
        {
            Auth = $"Sentry sentry_key={Id}",
            Body = envelope,
        };
        yield return new("Another project's address", 403, "event submission rejected with_reason: ProjectId")
        {
            Path = "/api/43/envelope/",
            Body = envelope,
        };
        yield return new("A project that is no number", 400, "bad project path parameter")
        {
            Path = "/api/shop/envelope/",
            Body = envelope,
            IsCounted = false,
        };
        yield return new("A path that does not exist", 404, "The requested resource does not exist")
        {
            Path = "/api/42/nothing/",
            Body = envelope,
            IsCounted = false,
        };
        yield return new("Another method", 405, "method not allowed")
        {
            Method = "PUT",
            Body = envelope,
            IsCounted = false,
        };
    }

    static string TooLarge(string type) =>
        $"envelope exceeded size limits for type '{type}' (https://develop.sentry.dev/sdk/envelopes/#size-limits)";

    static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }
        return packed.ToArray();
    }
}
