using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Shapes;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>
/// How long spans like those of a trace usually take: by transaction for segments, by group for others, in the last 24 hours and what is begun of
/// the hour before them. The waterfall does not wait for it.
/// </summary>
sealed class UsualDurations(TelemetryStore telemetry, TimeProvider time)
{
    /// <summary>Kinds of span that are compared; the longest ones of a trace come first.</summary>
    const int MostKinds = 200;

    /// <summary>A group may have spans in the parts of several transactions.</summary>
    const int PartsOfKinds = 5 * MostKinds;

    static readonly Expression Longest = new Expression.Aggregate(AggregateKind.Max, SpanField.Duration);

    static readonly Selected[] Measures =
    [
        new("count", Expression.Count),
        new("p50", new Expression.Quantile(SpanField.Duration, 0.5)),
        new("p95", new Expression.Quantile(SpanField.Duration, 0.95)),
    ];

    /// <summary>The waterfall is drawn without them where the store is slow.</summary>
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Null: no span of the trace has arrived.</summary>
    public async Task<UsualShape?> OfAsync(
        Tenant tenant,
        ProjectDirectory directory,
        UInt128 trace,
        CancellationToken cancellation
    )
    {
        var projects = directory.Of(tenant.Organization.Id).ToDictionary(project => project.Id);
        var asked = await KindsAsync(new([.. projects.Values], TimeRange.All, [SpanField.TraceId.Is(trace)]), cancellation);
        if (asked.Value is not { } kinds)
        {
            return null;
        }
        var now = Microseconds.Now(time);
        var day = now - Microseconds.From(TimeSpan.FromDays(1));
        // Whole hours, of which the store keeps sums.
        var since = day - day % Microseconds.From(TimeSpan.FromHours(1));
        var like = new SpanScope(
            [.. kinds.Select(kind => projects.GetValueOrDefault(kind.ProjectId)).OfType<ProjectSnapshot>().Distinct()],
            new(since, now + 1),
            []
        );
        var answers = await Task.WhenAll(
            MeasureAsync(like, kinds, isSegment: true, cancellation),
            MeasureAsync(like, kinds, isSegment: false, cancellation)
        );
        return new(
            TraceMapping.Seconds(since),
            [.. answers.SelectMany(answer => answer.Kinds)],
            answers.Any(answer => answer.Sampled),
            asked.Partial || answers.Any(answer => answer.Partial)
        );
    }

    /// <summary>Null: the trace has no span. Where some may be in what could not be read, no kind.</summary>
    async Task<Answer<IReadOnlyList<UsualKey>?>> KindsAsync(SpanScope trace, CancellationToken cancellation)
    {
        Expression[] keys = [SpanField.ProjectId, SpanField.IsSegment, SpanField.Transaction, SpanField.Group];
        var result = await telemetry.QueryAsync(
            trace.Query([.. keys.Select((key, at) => new Selected($"key{at}", key)), new("longest", Longest)]) with
            {
                GroupBy = keys,
                OrderBy = [new(Longest, true)],
                Limit = PartsOfKinds,
            },
            cancellation
        );
        var kinds = result
            .Rows.Select(row => new Cells(row))
            .Select(cells => UsualKey.Of(cells.Number(), cells.Truth(), cells.Text(), cells.Number()))
            .OfType<UsualKey>()
            .Distinct()
            .Take(MostKinds);
        return new(result.Rows.Count == 0 && !result.Partial ? null : [.. kinds], AnswerNotes.Of(result));
    }

    async Task<(IEnumerable<UsualKindShape> Kinds, bool Sampled, bool Partial)> MeasureAsync(
        SpanScope like,
        IReadOnlyList<UsualKey> kinds,
        bool isSegment,
        CancellationToken cancellation
    )
    {
        var sought = kinds.Where(kind => kind.Transaction is not null == isSegment).ToHashSet();
        if (sought.Count == 0)
        {
            return ([], false, false);
        }
        var by = isSegment ? SpanField.Transaction : SpanField.Group;
        var values = sought.Select(kind => (object?)kind.Transaction ?? kind.Group).Distinct();
        var result = await telemetry.QueryAsync(
            like.And(SpanField.IsSegment.Is(isSegment), new Filter.In(by, [.. values]))
                .Query([new("project", SpanField.ProjectId), new("by", by), .. Measures]) with
            {
                GroupBy = [SpanField.ProjectId, by],
                Limit = 10_000,
                Budget = Budget,
            },
            cancellation
        );
        return (
            result
                .Rows.Select(row => (Kind: KeyOf(row, isSegment), Row: row))
                .Where(found => sought.Contains(found.Kind))
                .Select(found => Shape(like, found.Kind, found.Row)),
            result.Sampled,
            result.Partial
        );
    }

    static UsualKey KeyOf(IReadOnlyList<object?> row, bool isSegment)
    {
        var cells = new Cells(row);
        var project = cells.Number();
        return isSegment ? new(project, cells.Text(), 0) : new(project, null, cells.Number());
    }

    static UsualKindShape Shape(SpanScope like, UsualKey kind, IReadOnlyList<object?> row)
    {
        var cells = new Cells([.. row.Skip(2)]);
        return new(
            like.SlugOf(kind.ProjectId),
            kind.Transaction,
            kind.Transaction is null ? TraceMapping.Hex(kind.Group) : null,
            cells.Number(),
            cells.Real(),
            cells.Real()
        );
    }
}
