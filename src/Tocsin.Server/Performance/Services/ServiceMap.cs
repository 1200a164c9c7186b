using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance.Services;

/// <summary>Draws together who is there and who calls whom.</summary>
sealed class ServiceMap(ServiceQueries queries)
{
    /// <summary>Databases whose p95 is asked for, the busiest; of others the slowest table's stands.</summary>
    const int MeasuredDatabases = 20;

    public async Task<ServiceMapShape> OfAsync(SpanScope scope, CancellationToken cancellation)
    {
        var services = await queries.ServicesAsync(scope, cancellation);
        var peers = await queries.PeersAsync(scope, cancellation);
        var totals = await queries.PeerTotalsAsync(scope, cancellation);
        var (pairs, scale) = await queries.PairsAsync(scope, cancellation);
        // A host that one of our own services answers for is that service, not a foreign one.
        var known = pairs.Where(pair => pair.Through is { Kind: "http" }).Select(pair => (pair.Caller, pair.Through)).ToHashSet();
        var foreign = peers.Value.Where(peer => !known.Contains((peer.Caller, peer.Peer))).ToList();
        var tables = foreign.Where(peer => peer.Peer.Kind == "database").ToList();
        if (tables.Count > 0)
        {
            var names = await queries.DatabaseNamesAsync(scope, tables.Select(table => table.Caller), cancellation);
            foreach (
                var (database, calls) in await DatabasesAsync(
                    scope,
                    tables.ToLookup(table => names.Of(scope, table)),
                    cancellation
                )
            )
            {
                totals[database] = calls;
            }
            foreign =
            [
                .. foreign.Select(peer => peer.Peer.Kind == "database" ? peer with { Peer = names.Of(scope, peer) } : peer),
            ];
        }
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

    /// <summary>Of each database all its tables together.</summary>
    async Task<IReadOnlyDictionary<PeerKey, Calls>> DatabasesAsync(
        SpanScope scope,
        ILookup<PeerKey, PeerCalls> databases,
        CancellationToken cancellation
    )
    {
        var totals = new Dictionary<PeerKey, Calls>();
        foreach (var tables in databases.OrderByDescending(tables => tables.Sum(table => table.Calls.Count)))
        {
            totals[tables.Key] =
                totals.Count < MeasuredDatabases
                    ? await queries.CallsOfTablesAsync(scope, [.. tables], cancellation)
                    : Together([.. tables.Select(table => table.Calls)]);
        }
        return totals;
    }

    static Calls Together(IReadOnlyCollection<Calls> parts)
    {
        var count = parts.Sum(part => part.Count);
        return new(count, parts.Sum(part => part.FailureRate * part.Count) / Math.Max(1, count), parts.Max(part => part.P95));
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
                var calls = Together([.. group.Select(peer => peer.Calls)]);
                var service = group.Key.Caller.Id(scope);
                var (from, to) = group.Key.Consumes ? (group.Key.Peer.Id, service) : (service, group.Key.Peer.Id);
                return new ServiceEdgeShape(from, to, calls.Count, calls.FailureRate, calls.P95);
            });
}
