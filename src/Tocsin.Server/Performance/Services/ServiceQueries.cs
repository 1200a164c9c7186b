using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Services;

/// <summary>Reads who is there and who calls whom.</summary>
sealed class ServiceQueries(TelemetryStore telemetry)
{
    /// <summary>Calls between services that are followed from the server's span back to the client's.</summary>
    const int FollowedCalls = 2_000;

    /// <summary>Of the time, in which calls are followed where there are more.</summary>
    const int Stretches = 8;

    /// <summary>A caller's span begins shortly before the one that answers it; what waits in a queue for longer is not followed there.</summary>
    static readonly long CallerBegan = Microseconds.From(TimeSpan.FromMinutes(1));
    static readonly long ClocksDiffer = Microseconds.From(TimeSpan.FromSeconds(5));

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
            AnswerNotes.Of(result)
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
                        TakesOut(cells.Text() ?? ""),
                        CallsOf(cells)
                    )),
            ],
            AnswerNotes.Of(busiest).With(AnswerNotes.Of(result))
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
    public Task<Answer<DatabaseNames>> DatabaseNamesAsync(
        SpanScope scope,
        IReadOnlyDictionary<ServiceKey, long> statements,
        CancellationToken cancellation
    ) => DatabaseNames.ReadAsync(telemetry, scope, statements, cancellation);

    /// <summary>
    /// Segments that were called for by a span of another service. Scale: how many calls each of them stands for. Ids lie anywhere, so of many calls
    /// those of some short stretches are followed, around which their callers lie.
    /// </summary>
    public async Task<Answer<(IReadOnlyList<ServicePair> Pairs, double Scale)>> PairsAsync(
        SpanScope scope,
        CancellationToken cancellation
    )
    {
        var called = scope.And(SpanField.IsSegment.Is(true), new Filter.Has(SpanField.ParentSpanId));
        var ((count, times), notes) = await CountAsync(called, cancellation);
        var pairs = new List<ServicePair>();
        var followed = 0;
        if (count > FollowedCalls)
        {
            foreach (var stretch in StretchesOf(times, count))
            {
                var callers = scope with { Range = new(stretch.From - CallerBegan, stretch.To + ClocksDiffer) };
                var within = await FollowAsync(called with { Range = stretch }, callers, pairs, cancellation);
                followed += within.Value;
                notes = notes.With(within.Notes);
            }
        }
        if (followed < Math.Min(count, FollowedCalls) / 4)
        {
            // Few calls, or all of them came at other times.
            pairs.Clear();
            var all = await FollowAsync(called, scope, pairs, cancellation);
            followed = all.Value;
            notes = notes.With(all.Notes);
        }
        return new((pairs, followed == 0 ? 1 : count / followed), notes);
    }

    /// <summary>Evenly from the first call to the last, and so long that as many calls as are followed lie in them if they come evenly.</summary>
    static IEnumerable<TimeRange> StretchesOf(TimeRange times, double count)
    {
        var step = (times.To - times.From) / Stretches;
        var length = Math.Max(1, (long)(step * (FollowedCalls / count)));
        return Enumerable
            .Range(0, Stretches)
            .Select(number => times.From + (number * step) + ((step - length) / 2))
            .Select(from => new TimeRange(from, from + length));
    }

    /// <returns>How many calls were followed; of more than that chance has picked some, by their ids.</returns>
    async Task<Answer<int>> FollowAsync(
        SpanScope called,
        SpanScope callers,
        List<ServicePair> pairs,
        CancellationToken cancellation
    )
    {
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
            return new(0, AnswerNotes.Of(segments));
        }
        var clients = await ClientsAsync(callers, [.. segments.Rows.Select(row => row[1]!).Distinct()], cancellation);
        foreach (var cells in segments.Rows.Select(row => new Cells(row)))
        {
            var caller = clients.Value.GetValueOrDefault((cells.Id() ?? 0, cells.Number()));
            var server = new ServiceKey(cells.Number(), cells.Text());
            if (caller is not null && caller.Service != server)
            {
                pairs.Add(new(caller.Service, server, caller.Peer, cells.Truth(), cells.Real()));
            }
        }
        return new(segments.Rows.Count, AnswerNotes.Of(segments).With(clients.Notes));
    }

    async Task<Answer<IReadOnlyDictionary<(UInt128 Trace, long Span), Client>>> ClientsAsync(
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
        return new(clients, AnswerNotes.Of(found));
    }

    async Task<Answer<(double Count, TimeRange Times)>> CountAsync(SpanScope scope, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            scope.Query([
                new("count", Expression.Count),
                new("first", new Expression.Aggregate(AggregateKind.Min, SpanField.Timestamp)),
                new("last", new Expression.Aggregate(AggregateKind.Max, SpanField.Timestamp)),
            ]),
            cancellation
        );
        var cells = new Cells(result.Whole);
        return new((cells.Real(), new(cells.Number(), cells.Number() + 1)), AnswerNotes.Of(result));
    }

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
            new Filter.Or([SpanField.IsSegment.Is(false), SpanField.Category.Is("queue")]),
            // A server has spans for its routes and for requests that it hands on to itself.
            new Filter.Or([new Filter.Not(SpanField.Category.Is("http")), SpanField.Op.Is("http.client")])
        );

    /// <summary>Whether a span of a queue takes out of it; those of workers are called after what runs the tasks.</summary>
    static bool TakesOut(string op) =>
        op is "queue.process" or "queue.receive" or "queue.sidekiq" or "queue.active_job" or "queue.delayed_job" or "queue.resque"
        || op.StartsWith("queue.task", StringComparison.Ordinal);

    static ServiceKey CallerOf(Cells cells) => new(cells.Number(), cells.Text());

    static Calls CallsOf(Cells cells) => new(cells.Number(), cells.Real(), cells.Spread());

    sealed record Client(ServiceKey Service, PeerKey? Peer);
}
