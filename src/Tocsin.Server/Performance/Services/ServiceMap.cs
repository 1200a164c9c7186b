using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance.Services;

/// <summary>Draws together who is there and who calls whom.</summary>
sealed class ServiceMap(ServiceQueries queries)
{
    public async Task<ServiceMapShape> OfAsync(SpanScope scope, CancellationToken cancellation)
    {
        var services = await queries.ServicesAsync(scope, cancellation);
        var peers = await queries.PeersAsync(scope, cancellation);
        var totals = await queries.PeerTotalsAsync(scope, cancellation);
        var (pairs, scale) = await queries.PairsAsync(scope, cancellation);
        // A host that one of our own services answers for is that service, not a foreign one.
        var known = pairs.Where(pair => pair.Through is { Kind: "http" }).Select(pair => (pair.Caller, pair.Through)).ToHashSet();
        var foreign = peers.Value.Where(peer => !known.Contains((peer.Caller, peer.Peer))).ToList();
        return new()
        {
            Nodes =
            [
                .. Services(scope, services.Value, foreign),
                .. foreign
                    .Select(peer => peer.Peer)
                    .Distinct()
                    .Select(peer =>
                    {
                        var calls = totals.GetValueOrDefault(peer);
                        return new ServiceNodeShape(
                            peer.Id,
                            peer.Name,
                            peer.Kind,
                            null,
                            calls.Count,
                            calls.FailureRate,
                            calls.P95
                        );
                    }),
            ],
            Edges = [.. Between(scope, pairs, scale), .. ToPeers(scope, foreign)],
            Sampled = services.Sampled || peers.Sampled || scale > 1,
            Partial = services.Partial || peers.Partial,
        };
    }

    /// <summary>Also those that only call, and answer nothing.</summary>
    static IEnumerable<ServiceNodeShape> Services(
        SpanScope scope,
        IReadOnlyDictionary<ServiceKey, Calls> services,
        IEnumerable<PeerCalls> peers
    ) =>
        services
            .Keys.Union(peers.Select(peer => peer.Caller))
            .Select(service =>
            {
                var calls = services.GetValueOrDefault(service);
                return new ServiceNodeShape(
                    service.Id(scope),
                    service.Name(scope),
                    "service",
                    scope.SlugOf(service.ProjectId),
                    calls.Count,
                    calls.FailureRate,
                    calls.P95
                );
            });

    static IEnumerable<ServiceEdgeShape> Between(SpanScope scope, IEnumerable<ServicePair> pairs, double scale) =>
        pairs
            .GroupBy(pair => (pair.Caller, pair.Server))
            .Select(group =>
            {
                var durations = group.Select(pair => pair.Duration).Order().ToList();
                return new ServiceEdgeShape(
                    group.Key.Caller.Id(scope),
                    group.Key.Server.Id(scope),
                    (long)Math.Round(durations.Count * scale),
                    group.Average(pair => pair.Failed ? 1.0 : 0.0),
                    durations[(int)Math.Ceiling(0.95 * durations.Count) - 1]
                );
            })
            .OrderByDescending(edge => edge.Count);

    static IEnumerable<ServiceEdgeShape> ToPeers(SpanScope scope, IEnumerable<PeerCalls> peers) =>
        peers
            .GroupBy(peer => (peer.Caller, peer.Peer, peer.Consumes))
            .Select(group =>
            {
                var count = group.Sum(peer => peer.Calls.Count);
                var service = group.Key.Caller.Id(scope);
                var (from, to) = group.Key.Consumes ? (group.Key.Peer.Id, service) : (service, group.Key.Peer.Id);
                return new ServiceEdgeShape(
                    from,
                    to,
                    count,
                    group.Sum(peer => peer.Calls.FailureRate * peer.Calls.Count) / Math.Max(1, count),
                    group.Max(peer => peer.Calls.P95)
                );
            });
}
