using Tocsin.Telemetry;

namespace Tocsin.Server.Performance.Services;

/// <summary>How often and how well.</summary>
/// <param name="Durations">Milliseconds.</param>
sealed record Calls(long Count, double FailureRate, Distribution Durations)
{
    public static Calls None { get; } = Together([]);

    /// <summary>Milliseconds; null of no calls.</summary>
    public double? P95 => Durations.Quantile(0.95);

    public static Calls Together(IReadOnlyCollection<Calls> parts)
    {
        var count = parts.Sum(part => part.Count);
        return new(
            count,
            parts.Sum(part => part.FailureRate * part.Count) / Math.Max(1, count),
            Distribution.Together(parts.Select(part => part.Durations))
        );
    }
}

/// <summary>Calls of a peer by a service; a consumer takes from it instead of giving to it.</summary>
sealed record PeerCalls(ServiceKey Caller, PeerKey Peer, bool Consumes, Calls Calls);

/// <summary>A segment and the span of another service that called for it.</summary>
sealed record ServicePair(ServiceKey Caller, ServiceKey Server, PeerKey? Through, bool Failed, double Duration);
