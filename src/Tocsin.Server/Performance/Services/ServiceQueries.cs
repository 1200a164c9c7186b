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

    static readonly Selected[] Measures =
    [
        new("count", Expression.Count),
        new("failure_rate", Figure.FailureRate),
        new("p95", Figure.P95),
    ];

    /// <summary>By what it answers: its segments.</summary>
    public async Task<Answer<IReadOnlyDictionary<ServiceKey, Calls>>> ServicesAsync(
        SpanScope scope,
        CancellationToken cancellation
    )
    {
        Expression[] keys = [SpanField.ProjectId, SpanField.Service];
        var result = await GroupsAsync(scope.And(SpanField.IsSegment.Is(true)), keys, cancellation);
        return new(
            result
                .Rows.Select(row => new Cells(row))
                .ToDictionary(cells => new ServiceKey(cells.Number(), cells.Text()), CallsOf),
            result.Sampled,
            result.Partial
        );
    }

    public async Task<Answer<IReadOnlyList<PeerCalls>>> PeersAsync(SpanScope scope, CancellationToken cancellation)
    {
        Expression[] keys = [SpanField.ProjectId, SpanField.Service, SpanField.Category, SpanField.Domain, SpanField.Op];
        var result = await GroupsAsync(Peers(scope), keys, cancellation);
        return new(
            [
                .. result
                    .Rows.Select(row => new Cells(row))
                    .Select(cells => new PeerCalls(
                        new(cells.Number(), cells.Text()),
                        PeerKey.Of(cells.Text() ?? "http", cells.Text()),
                        cells.Text() is "queue.process" or "queue.receive" or "queue.task",
                        CallsOf(cells)
                    )),
            ],
            result.Sampled,
            result.Partial
        );
    }

    /// <summary>Of each peer, whoever calls it.</summary>
    public async Task<Dictionary<PeerKey, Calls>> PeerTotalsAsync(SpanScope scope, CancellationToken cancellation)
    {
        var result = await GroupsAsync(Peers(scope), [SpanField.Category, SpanField.Domain], cancellation);
        return result
            .Rows.Select(row => new Cells(row))
            .ToDictionary(cells => PeerKey.Of(cells.Text() ?? "http", cells.Text()), CallsOf);
    }

    public Task<DatabaseNames> DatabaseNamesAsync(
        SpanScope scope,
        IEnumerable<ServiceKey> services,
        CancellationToken cancellation
    ) => DatabaseNames.ReadAsync(telemetry, scope, services, cancellation);

    /// <summary>Of the statements that these callers send to these tables.</summary>
    public async Task<Calls> CallsOfTablesAsync(SpanScope scope, IReadOnlyList<PeerCalls> tables, CancellationToken cancellation)
    {
        var ofCallers = tables
            .GroupBy(table => table.Caller, table => table.Peer.Name)
            .Select(caller => new Filter.And([caller.Key.Filter, OfTables([.. caller.Distinct()])]));
        var result = await telemetry.QueryAsync(
            Peers(scope).And(SpanField.Category.Is("db"), new Filter.Or([.. ofCallers])).Query(Measures),
            cancellation
        );
        return CallsOf(new(result.Rows[0]));
    }

    /// <summary>What has no table goes by the category's name.</summary>
    static Filter OfTables(IReadOnlyList<string> tables)
    {
        var named = new Filter.In(SpanField.Domain, [.. tables]);
        return tables.Contains("db") ? new Filter.Or([named, new Filter.Not(new Filter.Has(SpanField.Domain))]) : named;
    }

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

    Task<TelemetryResult> GroupsAsync(SpanScope scope, IReadOnlyList<Expression> keys, CancellationToken cancellation) =>
        telemetry.QueryAsync(
            scope.Query([.. keys.Select((key, at) => new Selected($"key{at}", key)), .. Measures]) with
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

    static Calls CallsOf(Cells cells) => new(cells.Number(), cells.Real(), cells.MaybeReal());

    sealed record Client(ServiceKey Service, PeerKey? Peer);
}
