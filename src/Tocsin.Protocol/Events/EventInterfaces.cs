using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Events;

/// <summary>One step on the way to the error.</summary>
public sealed record Breadcrumb
{
    public DateTimeOffset? Timestamp { get; init; }
    public string? Type { get; init; }
    public string? Category { get; init; }
    public string? Message { get; init; }
    public string? Level { get; init; }
    public string? EventId { get; init; }
    public RawBag? Data { get; init; }
}

/// <summary>The HTTP request that was served. Pairs keep their order and may repeat a name.</summary>
public sealed record EventRequest
{
    public string? Method { get; init; }

    /// <summary>Without query and fragment.</summary>
    public string? Url { get; init; }

    public IReadOnlyList<NameValue> Query { get; init; } = [];
    public string? Fragment { get; init; }
    public IReadOnlyList<NameValue> Headers { get; init; } = [];
    public IReadOnlyList<NameValue> Cookies { get; init; } = [];

    /// <summary>The body: text, object or list.</summary>
    public JsonNode? Data { get; init; }

    public string? InferredContentType { get; init; }
    public JsonObject? Env { get; init; }
    public string? ApiTarget { get; init; }
    public string? Protocol { get; init; }

    public bool IsEmpty =>
        this
            is {
                Method: null,
                Url: null,
                Query.Count: 0,
                Fragment: null,
                Headers.Count: 0,
                Cookies.Count: 0,
                Data: null,
                InferredContentType: null,
                Env: null,
                ApiTarget: null,
                Protocol: null
            };
}

public sealed record NameValue(string Name, string? Value);

public sealed record EventUser
{
    public string? Id { get; init; }
    public string? Email { get; init; }
    public string? IpAddress { get; init; }
    public string? Username { get; init; }
    public string? Name { get; init; }
    public string? Segment { get; init; }
    public JsonObject? Geo { get; init; }

    /// <summary>Keys we do not know.</summary>
    public JsonObject? Data { get; init; }

    public bool IsEmpty => Id is null && Email is null && IpAddress is null && Username is null && Name is null;
}

/// <summary>Who sent it. Settings holds <c>infer_ip</c>.</summary>
public sealed record SdkDescription
{
    public string? Name { get; init; }
    public string? Version { get; init; }
    public IReadOnlyList<string> Integrations { get; init; } = [];
    public IReadOnlyList<string> Features { get; init; } = [];
    public IReadOnlyList<SdkPackage> Packages { get; init; } = [];
    public JsonObject? Settings { get; init; }
}

public sealed record SdkPackage(string? Name, string? Version);

public sealed record DebugMeta(JsonObject? SdkInfo, IReadOnlyList<JsonObject> Images);
