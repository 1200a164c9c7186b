using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Services;

/// <summary>Reads who is there and who calls whom.</summary>
sealed class ServiceQueries(TelemetryStore telemetry)
{
    /// <summary>Calls between services that are followed from the server's span back to the client's; chance picks them by id.</summary>
    const int FollowedCalls = 2_000;

    const int MostNodes = 1_000;

    static readonly object[] PeerCategories = ["db", "cache", "queue", "http"];

    static readonly Expression[] PeerKeys =
    [
        SpanField.ProjectId,
        SpanField.Service,
        SpanField.Category,
        SpanField.Domain,
        SpanField.Op,
    ];

    static readonly Selected[] Measures =
    [
        new("failure_rate", Figure.FailureRate),
        new("durations", new Expression.Spread(SpanField.Duration)),
    ];

    /// <summary>By what it answers: its segments.</summary>
    public async Task<Answer<IReadOnlyDictionary<ServiceKey, Calls>>> ServicesAsync(
        SpanScope scope,
        CancellationToken cancellation
    )
    {
        Expression[] keys = [SpanField.ProjectId, SpanField.Service];
        var result = await GroupsAsync(scope.And(SpanField.IsSegment.Is(true)), keys, Measures, cancellation);
        return new(
            result
                .Rows.Select(row => new Cells(row))
                .ToDictionary(cells => new ServiceKey(cells.Number(), cells.Text()), CallsOf),
            result.Sampled,
            result.Partial
        );
    }

    /// <summary>The busiest, by whom they are called. Which they are is asked first: how durations are spread takes room for each.</summary>
    public async Task<Answer<IReadOnlyList<PeerCalls>>> PeersAsync(SpanScope scope, CancellationToken cancellation)
    {
        var peers = Peers(scope);
        var busiest = await GroupsAsync(peers, PeerKeys, [], cancellation);
        var result = await GroupsAsync(
            busiest.Rows.Count < MostNodes ? peers : peers.And(OfThese(busiest.Rows)),
            PeerKeys,
            Measures,
            cancellation
        );
        return new(
            [
                .. result
                    .Rows.Select(row => new Cells(row))
                    .Select(cells => new PeerCalls(
                        CallerOf(cells),
                        PeerKey.Of(cells.Text() ?? "http", cells.Text()),
                        cells.Text() is "queue.process" or "queue.receive" or "queue.task",
                        CallsOf(cells)
                    )),
            ],
            result.Sampled,
            result.Partial
        );
    }

    /// <summary>Of each caller what it calls, by name alone: a few more than are sought do no harm.</summary>
    static Filter.Or OfThese(IEnumerable<IReadOnlyList<object?>> rows) =>
        new([
            .. rows.GroupBy(row => CallerOf(new(row)), row => row[Array.IndexOf(PeerKeys, SpanField.Domain)]?.ToString())
                .Select(caller => new Filter.And([caller.Key.Filter, Called([.. caller.Distinct()])])),
        ]);

    static Filter Called(IReadOnlyList<string?> names)
    {
        var named = new Filter.In(SpanField.Domain, [.. names.OfType<string>()]);
        return names.Contains(null) ? new Filter.Or([named, new Filter.Not(new Filter.Has(SpanField.Domain))]) : named;
    }

    /// <param name="statements">How many each service sends.</param>
    public Task<DatabaseNames> DatabaseNamesAsync(
        SpanScope scope,
        IReadOnlyDictionary<ServiceKey, long> statements,
        CancellationToken cancellation
    ) => DatabaseNames.ReadAsync(telemetry, scope, statements, cancellation);

    /// <summary>Segments that were called for by a span of another service. Scale: how many calls each of them stands for.</summary>
    public async Task<(IReadOnlyList<ServicePair> Pairs, double Scale)> PairsAsync(
        SpanScope scope,
        CancellationToken cancellation
    )
    {
        var called = scope.And(SpanField.IsSegment.Is(true), new Filter.Has(SpanField.ParentSpanId));
        var segments = await telemetry.QueryAsync(
            called.Query([
                new("trace", SpanField.TraceId),
                new("parent", SpanField.ParentSpanId),
                new("project", SpanField.ProjectId),
                new("service", SpanField.Service),
                new("failed", SpanField.Failed),
                new("duration", SpanField.Duration),
            ]) with
            {
                OrderBy = [new(SpanField.SpanId, false)],
                Limit = FollowedCalls,
            },
            cancellation
        );
        if (segments.Rows.Count == 0)
        {
            return ([], 1);
        }
        var clients = await ClientsAsync(scope, [.. segments.Rows.Select(row => row[1]!).Distinct()], cancellation);
        var pairs = new List<ServicePair>();
        foreach (var cells in segments.Rows.Select(row => new Cells(row)))
        {
            var caller = clients.GetValueOrDefault((cells.Id() ?? 0, cells.Number()));
            var server = new ServiceKey(cells.Number(), cells.Text());
            if (caller is not null && caller.Service != server)
            {
                pairs.Add(new(caller.Service, server, caller.Peer, cells.Truth(), cells.Real()));
            }
        }
        var scale = segments.Rows.Count < FollowedCalls ? 1 : await CountAsync(called, cancellation) / segments.Rows.Count;
        return (pairs, scale);
    }

    async Task<IReadOnlyDictionary<(UInt128 Trace, long Span), Client>> ClientsAsync(
        SpanScope scope,
        IReadOnlyList<object> ids,
        CancellationToken cancellation
    )
    {
        var found = await telemetry.QueryAsync(
            scope
                .And(new Filter.In(SpanField.SpanId, ids))
                .Query([
                    new("trace", SpanField.TraceId),
                    new("span", SpanField.SpanId),
                    new("project", SpanField.ProjectId),
                    new("service", SpanField.Service),
                    new("category", SpanField.Category),
                    new("domain", SpanField.Domain),
                ]) with
            {
                Limit = 2 * FollowedCalls,
            },
            cancellation
        );
        var clients = new Dictionary<(UInt128, long), Client>();
        foreach (var cells in found.Rows.Select(row => new Cells(row)))
        {
            clients[(cells.Id() ?? 0, cells.Number())] = new(
                new(cells.Number(), cells.Text()),
                cells.Text() is { } category && PeerCategories.Contains(category) ? PeerKey.Of(category, cells.Text()) : null
            );
        }
        return clients;
    }

    async Task<double> CountAsync(SpanScope scope, CancellationToken cancellation) =>
        new Cells((await telemetry.QueryAsync(scope.Query([new("count", Expression.Count)]), cancellation)).Rows[0]).Real();

    Task<TelemetryResult> GroupsAsync(
        SpanScope scope,
        IReadOnlyList<Expression> keys,
        IEnumerable<Selected> measures,
        CancellationToken cancellation
    ) =>
        telemetry.QueryAsync(
            scope.Query([
                .. keys.Select((key, at) => new Selected($"key{at}", key)),
                new("count", Expression.Count),
                .. measures,
            ]) with
            {
                GroupBy = keys,
                OrderBy = [new(Expression.Count, true)],
                Limit = MostNodes,
            },
            cancellation
        );

    /// <summary>What services ask of others, and what they take out of queues, which may begin a segment.</summary>
    static SpanScope Peers(SpanScope scope) =>
        scope.And(
            new Filter.In(SpanField.Category, PeerCategories),
            new Filter.Or([SpanField.IsSegment.Is(false), SpanField.Category.Is("queue")])
        );

    static ServiceKey CallerOf(Cells cells) => new(cells.Number(), cells.Text());

    static Calls CallsOf(Cells cells) => new(cells.Number(), cells.Real(), cells.Spread());

    sealed record Client(ServiceKey Service, PeerKey? Peer);
}
