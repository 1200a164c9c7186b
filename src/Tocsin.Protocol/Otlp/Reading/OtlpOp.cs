using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>
/// The op that Sentry would give an OpenTelemetry span, from the semantic conventions it follows, today's and those before 2024. Null where
/// none is recognised.
/// </summary>
static class OtlpOp
{
    /// <summary>Spans of ASP.NET Core itself carry no attributes unless an instrumentation adds them.</summary>
    const string AspNetCore = "Microsoft.AspNetCore";

    public static string? Of(AttributeList attributes, string? kind, string? scope)
    {
        if (Has("http.request.method", "http.method") || (scope == AspNetCore && kind == SpanKind.Server))
        {
            return OnSide("http");
        }
        if (Text("gen_ai.operation.name") is { } generation)
        {
            return $"gen_ai.{generation}";
        }
        if (Text("db.system.name", "db.system") is { } system)
        {
            return system is "redis" or "valkey" or "memcached" ? "db.redis" : "db";
        }
        if (Has("db.query.text", "db.statement"))
        {
            return "db";
        }
        if (Has("messaging.system", "messaging.destination.name") || Has("messaging.destination", "messaging.operation"))
        {
            return Messaging();
        }
        if (Has("rpc.system.name", "rpc.system") || Has("rpc.service", "rpc.method"))
        {
            return OnSide("rpc");
        }
        if (Has("graphql.operation.type", "graphql.operation.name"))
        {
            return "graphql";
        }
        return Text("faas.trigger") is { } trigger ? $"function.{trigger}" : null;

        string OnSide(string what) =>
            kind switch
            {
                SpanKind.Client => $"{what}.client",
                SpanKind.Server => $"{what}.server",
                _ => what,
            };

        string Messaging() =>
            (Text("messaging.operation.type", "messaging.operation"), kind) switch
            {
                ("create", _) => "queue.create",
                ("publish" or "send", _) => "queue.publish",
                ("receive", _) => "queue.receive",
                ("process" or "deliver", _) => "queue.process",
                ("settle", _) => "queue.settle",
                (_, SpanKind.Producer) => "queue.publish",
                (_, SpanKind.Consumer) => "queue.process",
                _ => "queue",
            };

        bool Has(string name, string legacy) => attributes.Find(name) is not null || attributes.Find(legacy) is not null;

        string? Text(string name, string? legacy = null) =>
            attributes.Text(name) ?? (legacy is null ? null : attributes.Text(legacy));
    }
}
