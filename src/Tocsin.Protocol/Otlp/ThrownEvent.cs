using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp.Exceptions;
using Tocsin.Protocol.Traces;

namespace Tocsin.Protocol.Otlp;

/// <summary>
/// The error that an exception event of a span is, as a Sentry client would have sent it. The id follows from what the client says: who sends
/// the span again sends the same error again.
/// </summary>
public static class ThrownEvent
{
    /// <summary>Of what the errors of one program, or of one segment, have in common: longer than any of it may be in an event.</summary>
    const int LongestShared = 2500;

    /// <param name="segment">Of the span, when it came in the same request: its name is the error's transaction.</param>
    /// <param name="isBrief">Without what it has in common with the program's other errors, but for release and environment.</param>
    public static ErrorEvent Of(OtlpResource resource, SpanThrow thrown, Span? segment, bool isBrief = false)
    {
        var (span, happened, _) = thrown;
        var type = Text(happened, "exception.type");
        var value = Text(happened, "exception.message");
        var printed = Text(happened, "exception.stacktrace") is { } trace ? PrintedTrace.Read(trace, resource.Platform) : [];
        var escaped = Text(happened, "exception.escaped") is "true";
        return new()
        {
            Id = IdOf(thrown),
            Type = "error",
            Timestamp = DateTimeOffset.UnixEpoch.AddTicks(happened.Time * TimeSpan.TicksPerMicrosecond),
            Level = "error",
            Platform = resource.Platform ?? "other",
            Release = Short(resource.Release),
            Environment = Short(resource.Environment),
            ServerName = isBrief ? null : Short(resource.HostName),
            Transaction = isBrief ? null : Short(segment?.Name),
            Sdk = SdkOf(resource),
            Exceptions = ExceptionsOf(resource.Platform, type, value, printed, escaped),
            Contexts = ContextsOf(isBrief ? [] : resource.Attributes, span),
            Extra = ExtraOf(happened, isRead: printed.Count > 0),
            User = isBrief ? null : UserOf(span) ?? (segment is null ? null : UserOf(segment)),
            Request = isBrief ? null : RequestOf(segment ?? span),
        };
    }

    static EventId IdOf(SpanThrow thrown)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{thrown.Span.TraceId:x32}{thrown.Span.SpanId:x16} {thrown.Ordinal} {thrown.Event.Time}"
        );
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(name));
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Root cause first, as Sentry orders them; the event's own type and message are the thrown one's.</summary>
    static IReadOnlyList<ExceptionValue> ExceptionsOf(
        string? platform,
        string? type,
        string? value,
        IReadOnlyList<TracedException> printed,
        bool escaped
    )
    {
        var chain = new List<ExceptionValue>(Math.Max(1, printed.Count));
        for (var i = printed.Count - 1; i > 0; i--)
        {
            chain.Add(ValueOf(platform, printed[i].Type, printed[i].Value, printed[i]));
        }
        var first = printed.Count > 0 ? printed[0] : null;
        chain.Add(
            ValueOf(platform, type ?? first?.Type ?? "Error", value ?? first?.Value, first) with
            {
                Mechanism = new() { Type = "opentelemetry", Handled = escaped ? false : null },
            }
        );
        return chain;
    }

    /// <summary>Java's and Python's clients send the package apart from the class.</summary>
    static ExceptionValue ValueOf(string? platform, string? type, string? value, TracedException? printed)
    {
        var dot = platform is "java" or "python" ? type?.LastIndexOf('.') ?? -1 : -1;
        return new()
        {
            Type = type?[(dot + 1)..],
            Module = dot > 0 ? type![..dot] : null,
            Value = value,
            StackTrace = printed is { Frames.Count: > 0 } ? new() { Frames = printed.Frames } : null,
        };
    }

    static JsonObject ContextsOf(IReadOnlyList<KeyedValue> resource, Span span)
    {
        var trace = new JsonObject
        {
            ["type"] = "trace",
            ["trace_id"] = HexId.Format(span.TraceId),
            ["span_id"] = HexId.Format(span.SpanId),
        };
        if (span.ParentSpanId is { } parent)
        {
            trace["parent_span_id"] = HexId.Format(parent);
        }
        if (span.Op is { } op)
        {
            trace["op"] = Short(op);
        }
        var contexts = new JsonObject { ["trace"] = trace };
        if (resource.Count > 0)
        {
            contexts["otel"] = new JsonObject { ["type"] = "otel", ["resource"] = Bag(resource) };
        }
        return contexts;
    }

    /// <summary>What else the event says; a stack trace that no language recognises is kept as it is.</summary>
    static JsonObject? ExtraOf(SpanEvent happened, bool isRead)
    {
        var extra = Bag(
            happened.Attributes.Where(held =>
                held.Key is not ("exception.type" or "exception.message" or "exception.escaped")
                && !(held.Key == "exception.stacktrace" && isRead)
            )
        );
        return extra.Count > 0 ? extra : null;
    }

    static JsonObject Bag(IEnumerable<KeyedValue> attributes)
    {
        var bag = new JsonObject();
        foreach (var (key, value) in attributes)
        {
            bag[key] = value.Type switch
            {
                AttributeType.Whole => JsonValue.Create(value.Whole!.Value),
                AttributeType.Real => JsonValue.Create(value.Number!.Value),
                AttributeType.Truth => JsonValue.Create(value.Truth!.Value),
                AttributeType.Json => JsonNode.Parse(value.ToString()),
                _ => JsonValue.Create(value.ToString()),
            };
        }
        return bag;
    }

    static SdkDescription SdkOf(OtlpResource resource) =>
        new()
        {
            Name = resource.Language is { Length: <= 64 } language ? $"opentelemetry.{language}" : "opentelemetry",
            Version = Short(resource.Text("telemetry.sdk.version")),
        };

    static EventUser? UserOf(Span span)
    {
        var user = new EventUser
        {
            Id = Text(span, "user.id") ?? Text(span, "enduser.id"),
            Email = Text(span, "user.email"),
            Username = Text(span, "user.name"),
        };
        return user.IsEmpty ? null : user;
    }

    static EventRequest? RequestOf(Span span)
    {
        if (span.Kind != SpanKind.Server)
        {
            return null;
        }
        var address = Text(span, "url.full") ?? Text(span, "http.url") ?? AddressOf(span);
        var request = new EventRequest
        {
            Method = Text(span, "http.request.method") ?? Text(span, "http.method"),
            Url = address?.Split('?', '#')[0],
        };
        return request.IsEmpty ? null : request;
    }

    static string? AddressOf(Span span)
    {
        var path = Text(span, "url.path") ?? Text(span, "http.target");
        if (path is null || (Text(span, "server.address") ?? Text(span, "http.host")) is not { } host)
        {
            return path;
        }
        var port = Text(span, "server.port") is { } number && number is not ("80" or "443") ? $":{number}" : "";
        return $"{Text(span, "url.scheme") ?? Text(span, "http.scheme") ?? "http"}://{host}{port}{path}";
    }

    static string? Text(Span span, string key) => Short(Text(span.Attributes, key));

    static string? Short(string? text) => ShortText.Of(text, LongestShared);

    static string? Text(SpanEvent happened, string key) => Text(happened.Attributes, key);

    static string? Text(IReadOnlyList<KeyedValue> attributes, string key)
    {
        foreach (var (held, value) in attributes)
        {
            if (held == key)
            {
                return value.ToString() is { Length: > 0 } text ? text : null;
            }
        }
        return null;
    }
}
