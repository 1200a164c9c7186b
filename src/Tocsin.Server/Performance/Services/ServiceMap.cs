using Tocsin.Server.Api;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance.Services;

/// <summary>Draws together who is there and who calls whom.</summary>
sealed class ServiceMap(ServiceQueries queries)
{
    public async Task<ServiceMapShape> OfAsync(SpanScope scope, CancellationToken cancellation)
    {
        var (asking, following) = (queries.ServicesAsync(scope, cancellation), queries.PairsAsync(scope, cancellation));
        var peers = await queries.PeersAsync(scope, cancellation);
        var (services, followed) = (await asking, await following);
        var (pairs, scale) = followed.Value;
        // A host that one of our own services answers for is that service, not a foreign one.
        var known = pairs.Where(pair => pair.Through is { Kind: "http" }).Select(pair => (pair.Caller, pair.Through)).ToHashSet();
        var named = await NamedAsync(
            scope,
            [.. peers.Value.Where(peer => !known.Contains((peer.Caller, peer.Peer)))],
            cancellation
        );
        var foreign = named.Value;
        var notes = services.Notes.With(peers.Notes).With(followed.Notes).With(named.Notes);
        return new()
        {
            Nodes = [.. Services(scope, services.Value, foreign), .. Peers(foreign)],
            Edges = [.. Between(scope, pairs, scale), .. ToPeers(scope, foreign)],
            Sampled = notes.Sampled || scale > 1,
            Partial = notes.Partial,
        };
    }

    /// <summary>Tables by the name of the database in which they are.</summary>
    async Task<Answer<IReadOnlyList<PeerCalls>>> NamedAsync(
        SpanScope scope,
        IReadOnlyList<PeerCalls> peers,
        CancellationToken cancellation
    )
    {
        var tables = peers.Where(peer => peer.Peer.Kind == "database").ToList();
        if (tables.Count == 0)
        {
            return new(peers, AnswerNotes.None);
        }
        var statements = tables
            .GroupBy(table => table.Caller)
            .ToDictionary(caller => caller.Key, caller => caller.Sum(table => table.Calls.Count));
        var names = await queries.DatabaseNamesAsync(scope, statements, cancellation);
        return new(
            [.. peers.Select(peer => peer.Peer.Kind == "database" ? peer with { Peer = names.Value.Of(scope, peer) } : peer)],
            names.Notes
        );
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
                Node(service.Id(scope), service.Name(scope), "service", services.GetValueOrDefault(service, Calls.None)) with
                {
                    Project = scope.SlugOf(service.ProjectId),
                }
            );

    /// <summary>Each peer once, whoever calls it.</summary>
    static IEnumerable<ServiceNodeShape> Peers(IEnumerable<PeerCalls> peers) =>
        peers
            .GroupBy(peer => peer.Peer, peer => peer.Calls)
            .Select(peer => Node(peer.Key.Id, peer.Key.Name, peer.Key.Kind, Calls.Together([.. peer])));

    static ServiceNodeShape Node(string id, string name, string kind, Calls calls) =>
        new(id, name, kind, null, calls.Count, calls.FailureRate, calls.P95);

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
            .GroupBy(peer => (peer.Caller, peer.Peer, peer.Consumes), peer => peer.Calls)
            .Select(group =>
            {
                var calls = Calls.Together([.. group]);
                var service = group.Key.Caller.Id(scope);
                var (from, to) = group.Key.Consumes ? (group.Key.Peer.Id, service) : (service, group.Key.Peer.Id);
                return new ServiceEdgeShape(from, to, calls.Count, calls.FailureRate, calls.P95);
            });
}
