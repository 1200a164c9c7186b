namespace Tocsin.Protocol.Traces.Reading;

/// <summary>
/// The op that Sentry would give a span that has none, from the semantic conventions of OpenTelemetry that it follows, today's and those before
/// 2024. Null where none is recognised.
/// </summary>
static class ConventionalOp
{
    /// <summary>Spans of ASP.NET Core itself carry no attributes unless an instrumentation adds them.</summary>
    const string AspNetCore = "Microsoft.AspNetCore";

    /// <param name="kind">One of <see cref="SpanKind"/>.</param>
    /// <param name="scope">The library that made the span, where it says.</param>
    public static string? Of(AttributeList attributes, string? kind, string? scope = null)
    {
        // Before HTTP: clients of Elasticsearch and CouchDB tell the method with which they ask as well.
        if (Text("db.system.name", "db.system") is { } system)
        {
            return system is "redis" or "valkey" or "memcached" ? "db.redis" : "db";
        }
        if (Has("http.request.method", "http.method") || (scope == AspNetCore && kind == SpanKind.Server))
        {
            return OnSide("http");
        }
        if (Text("gen_ai.operation.name") is { } generation)
        {
            return $"gen_ai.{generation}";
        }
        if (Has("gen_ai.provider.name", "gen_ai.system"))
        {
            return "gen_ai";
        }
        if (Text("mcp.method.name") is not null)
        {
            return kind == SpanKind.Client ? "mcp.client" : "mcp.server";
        }
        if (Has("db.query.text", "db.statement"))
        {
            return "db";
        }
        if (
            Has("messaging.system", "messaging.destination.name")
            || Has("messaging.destination", "messaging.operation")
            || Has("messaging.operation.type", "messaging.operation.name")
        )
        {
            return Messaging();
        }
        if (Has("rpc.system.name", "rpc.system") || Has("rpc.service", "rpc.method"))
        {
            return OnSide("rpc");
        }
        if (Has("graphql.operation.type", "graphql.operation.name") || Has("graphql.document", "graphql.source"))
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
            (Text("messaging.operation.type", "messaging.operation") ?? Text("messaging.operation.name"), kind) switch
            {
                ("create", _) => "queue.create",
                ("publish" or "send", _) => "queue.publish",
                ("receive" or "poll", _) => "queue.receive",
                ("process" or "deliver" or "consume", _) => "queue.process",
                ("settle" or "ack" or "nack" or "commit", _) => "queue.settle",
                (_, SpanKind.Producer) => "queue.publish",
                (_, SpanKind.Consumer) => "queue.process",
                _ => "queue",
            };

        bool Has(string name, string legacy) => attributes.Find(name) is not null || attributes.Find(legacy) is not null;

        string? Text(string name, string? legacy = null) =>
            attributes.Text(name) ?? (legacy is null ? null : attributes.Text(legacy));
    }
}
