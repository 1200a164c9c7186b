using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Services;

/// <summary>
/// Who calls whom. The nodes of services come from the spans of clients and the segments that answered them; databases, caches, queues and
/// foreign hosts from the spans of their callers. Sampled: counts are extrapolated.
/// </summary>
[SnakeCase]
sealed record ServiceMapShape
{
    public required IReadOnlyList<ServiceNodeShape> Nodes { get; init; }
    public required IReadOnlyList<ServiceEdgeShape> Edges { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}

/// <summary>Name of a database: its system and name, as <c>postgresql/shop</c>. Kind: <c>service</c>, <c>database</c>, <c>http</c>, <c>queue</c> or <c>cache</c>. P95: milliseconds.</summary>
[SnakeCase]
sealed record ServiceNodeShape(string Id, string Name, string Kind, string? Project, long Count, double FailureRate, double? P95);

[SnakeCase]
sealed record ServiceEdgeShape(string From, string To, long Count, double FailureRate, double? P95);
