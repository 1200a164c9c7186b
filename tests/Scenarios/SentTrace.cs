using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scenarios;

/// <summary>A trace as clients send it: one envelope for each service's transaction, and errors on spans. Times are milliseconds since its start.</summary>
sealed class SentTrace(ServerProcess server, DateTimeOffset start)
{
    public string Id { get; } = Hex(16);

    public static string NewSpanId() => Hex(8);

    /// <param name="more">Fields of the transaction beside the usual ones, or in their place.</param>
    public Task SendTransactionAsync(
        string name,
        string op,
        SentSpan root,
        IEnumerable<SentSpan> children,
        JsonObject? more = null
    )
    {
        var transaction = new JsonObject
        {
            ["type"] = "transaction",
            ["event_id"] = Hex(16),
            ["platform"] = "node",
            ["transaction"] = name,
            ["transaction_info"] = new JsonObject { ["source"] = "route" },
            ["start_timestamp"] = At(root.From),
            ["timestamp"] = At(root.To),
            ["release"] = "shop@5.2.0",
            ["environment"] = "production",
            ["user"] = new JsonObject { ["id"] = "7" },
            ["contexts"] = new JsonObject { ["trace"] = Context(root, op) },
            ["spans"] = new JsonArray([.. children.Select(child => Child(child, root))]),
        };
        foreach (var (field, value) in more ?? [])
        {
            transaction[field] = value?.DeepClone();
        }
        return SendAsync("transaction", transaction);
    }

    public Task SendErrorAsync(string type, string message, SentSpan span, double at) =>
        SendAsync(
            "event",
            new()
            {
                ["event_id"] = Hex(16),
                ["platform"] = "node",
                ["level"] = "error",
                ["timestamp"] = At(at),
                ["contexts"] = new JsonObject { ["trace"] = Context(span, span.Op) },
                ["exception"] = new JsonObject
                {
                    ["values"] = new JsonArray(new JsonObject { ["type"] = type, ["value"] = message }),
                },
            }
        );

    /// <summary>Until as many spans and errors of the trace can be read.</summary>
    public Task UntilReadAsync(int spans, int errors = 0) =>
        server.UntilAsync(
            async () =>
            {
                using var answer = await server.Api.GetAsync($"organizations/default/traces/{Id}/?limit=50000");
                if (!answer.IsSuccessStatusCode)
                {
                    return false;
                }
                var trace = await answer.Content.ReadFromJsonAsync<JsonElement>();
                return trace.GetProperty("spans").GetArrayLength() == spans
                    && trace.GetProperty("errors").GetArrayLength() == errors;
            },
            $"{spans} spans and {errors} errors of the trace"
        );

    async Task SendAsync(string itemType, JsonObject item)
    {
        var body = $"{{}}\n{{\"type\":\"{itemType}\"}}\n{item.ToJsonString()}\n";
        var address = new Uri(server.Url, $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}");
        using var content = new StringContent(body, Encoding.UTF8, "application/x-sentry-envelope");
        using var answer = await server.Api.PostAsync(address, content);
        answer.EnsureSuccessStatusCode();
    }

    JsonObject Context(SentSpan span, string op) =>
        new()
        {
            ["trace_id"] = Id,
            ["span_id"] = span.Id,
            ["parent_span_id"] = span.Parent,
            ["op"] = op,
            ["status"] = span.Status,
            ["data"] = span.Data?.DeepClone(),
        };

    JsonObject Child(SentSpan span, SentSpan root)
    {
        var child = new JsonObject
        {
            ["trace_id"] = Id,
            ["span_id"] = span.Id,
            ["parent_span_id"] = span.Parent ?? root.Id,
            ["op"] = span.Op,
            ["description"] = span.Description,
            ["start_timestamp"] = At(span.From),
            ["timestamp"] = At(span.To),
            ["status"] = span.Status,
            ["data"] = span.Data?.DeepClone(),
        };
        if (span.Link is { } linked)
        {
            child["links"] = new JsonArray(new JsonObject { ["trace_id"] = Id, ["span_id"] = linked });
        }
        return child;
    }

    double At(double milliseconds) => (start.ToUnixTimeMilliseconds() + milliseconds) / 1000;

    static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}

/// <summary>Without a parent it hangs below the transaction that brings it. Link: another span of the trace. Data: attributes.</summary>
sealed record SentSpan(
    string Op,
    string Description,
    double From,
    double To,
    string? Parent = null,
    string Status = "ok",
    string? Link = null,
    JsonObject? Data = null
)
{
    public string Id { get; } = SentTrace.NewSpanId();
}
