using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Services;

/// <summary>A service: what its spans call it, or the project that stands for it.</summary>
readonly record struct ServiceKey(long ProjectId, string? Service)
{
    public string Id(SpanScope scope) => $"service:{scope.SlugOf(ProjectId)}:{Service}";

    public string Name(SpanScope scope) => Service ?? scope.SlugOf(ProjectId);

    /// <summary>Its spans.</summary>
    public Filter Filter =>
        new Filter.And([
            SpanField.ProjectId.Is(ProjectId),
            Service is { } service ? SpanField.Service.Is(service) : new Filter.Not(new Filter.Has(SpanField.Service)),
        ]);
}

/// <summary>What services talk to that sends us no spans itself. Kind: as in <see cref="ServiceNodeShape"/>.</summary>
readonly record struct PeerKey(string Kind, string Name)
{
    public string Id => $"{Kind}:{Name}";

    public static PeerKey Of(string category, string? domain) =>
        new(
            category switch
            {
                "db" => "database",
                "cache" => "cache",
                "queue" => "queue",
                _ => "http",
            },
            domain ?? category
        );
}
