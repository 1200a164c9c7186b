namespace Tocsin.Server.Performance.Services;

/// <summary>How often and how well. P95: milliseconds.</summary>
readonly record struct Calls(long Count, double FailureRate, double? P95);

/// <summary>Calls of a peer by a service; a consumer takes from it instead of giving to it.</summary>
sealed record PeerCalls(ServiceKey Caller, PeerKey Peer, bool Consumes, Calls Calls);

/// <summary>A segment and the span of another service that called for it.</summary>
sealed record ServicePair(ServiceKey Caller, ServiceKey Server, PeerKey? Through, bool Failed, double Duration);
