using Tocsin.Server.Metadata;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>How long spans like those of a trace usually take: by transaction for segments, by group for others, in the last 24 hours.</summary>
sealed class UsualDurations(TelemetryStore telemetry, TimeProvider time)
{
    /// <summary>Kinds of span that are compared; the longest ones of a trace come first.</summary>
    const int MostKinds = 200;

    static readonly Expression P50 = new Expression.Quantile(SpanField.Duration, 0.5);
    static readonly Expression P95 = new Expression.Quantile(SpanField.Duration, 0.95);

    /// <summary>The waterfall is drawn without them where the store is slow.</summary>
    static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);

    public async Task<IReadOnlyDictionary<UsualKey, UsualDuration>> OfAsync(Trace trace, CancellationToken cancellation)
    {
        var keys = trace
            .Tree.Nodes.OrderByDescending(node => node.Span.Duration)
            .Select(node => UsualKey.Of(node.Span))
            .OfType<UsualKey>()
            .Distinct()
            .Take(MostKinds)
            .ToList();
        var found = new Dictionary<UsualKey, UsualDuration>();
        var now = Microseconds.Now(time);
        var scope = new SpanScope(
            [
                .. keys.Select(key => trace.Projects.GetValueOrDefault(key.ProjectId))
                    .OfType<Projects.ProjectSnapshot>()
                    .Distinct(),
            ],
            new(now - Microseconds.From(TimeSpan.FromDays(1)), now + 1),
            []
        );
        var segments = keys.Where(key => key.Transaction is not null).Select(key => (object)key.Transaction!).Distinct().ToList();
        var groups = keys.Where(key => key.Transaction is null).Select(key => (object)key.Group).Distinct().ToList();
        if (segments.Count > 0)
        {
            await AddAsync(
                scope.And(SpanField.IsSegment.Is(true), new Filter.In(SpanField.Transaction, segments)),
                SpanField.Transaction,
                (project, value) => new(project, (string)value, 0),
                found,
                cancellation
            );
        }
        if (groups.Count > 0)
        {
            await AddAsync(
                scope.And(new Filter.In(SpanField.Group, groups)),
                SpanField.Group,
                (project, value) => new(project, null, Convert.ToInt64(value, null)),
                found,
                cancellation
            );
        }
        return found;
    }

    async Task AddAsync(
        SpanScope scope,
        Expression by,
        Func<long, object, UsualKey> keyOf,
        Dictionary<UsualKey, UsualDuration> found,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            scope.Query([new("project", SpanField.ProjectId), new("by", by), new("p50", P50), new("p95", P95)]) with
            {
                GroupBy = [SpanField.ProjectId, by],
                Limit = 10_000,
                Budget = Budget,
            },
            cancellation
        );
        foreach (var row in result.Rows.Where(row => row[1] is not null))
        {
            var cells = new Cells([row[0], row[2], row[3]]);
            found[keyOf(cells.Number(), row[1]!)] = new(cells.Real(), cells.Real());
        }
    }
}
