using Tocsin.Server.Api;
using Tocsin.Server.Traces.Shapes;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>
/// Traces that have a matching span, a page at a time. Grouping millions of traces to show twenty would cost every page a second, so the
/// newest (longest) spans are read in order and named by their traces; how far back that reaches is bounded.
/// </summary>
sealed class TraceList(TelemetryStore telemetry)
{
    /// <summary>Matching spans that are read for one list; traces behind them are found by narrowing the query or the period.</summary>
    const int MostSpans = 5_000;

    const int MostSegments = 5_000;
    const int MostCounts = 10_000;

    static readonly Expression HasParent = new Expression.Choice(new Filter.Has(SpanField.ParentSpanId), 1, 0);

    /// <summary>Spans of one trace do not lie further apart than this, or are left out of its figures.</summary>
    static readonly long Reach = Metadata.Microseconds.From(TimeSpan.FromHours(1));

    static readonly Dictionary<string, Expression> Orders = new(StringComparer.Ordinal)
    {
        ["-timestamp"] = SpanField.Timestamp,
        ["-duration"] = SpanField.Duration,
    };

    static readonly Selected[] SegmentColumns =
    [
        new("trace", SpanField.TraceId),
        new("project", SpanField.ProjectId),
        new("transaction", SpanField.Transaction),
        new("op", SpanField.Op),
        new("parent", SpanField.ParentSpanId),
        new("start", SpanField.Timestamp),
        new("duration", SpanField.Duration),
    ];

    /// <summary>What a list can be sorted by: newest or longest span first.</summary>
    public static IEnumerable<string> Sorts => Orders.Keys;

    /// <param name="scope">Which spans match.</param>
    /// <param name="page">Of traces.</param>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Answer<Page<TraceSummaryShape>>> PageAsync(
        SpanScope scope,
        PageRequest page,
        string sort,
        CancellationToken cancellation
    )
    {
        // An environment chooses segments as well as all the spans below them; a search may mean any span.
        var matching = scope.Conditions.All(SpanScope.IsEnvironment) ? scope.And(SpanField.IsSegment.Is(true)) : scope;
        var found = await telemetry.QueryAsync(
            matching.Query([new("trace", SpanField.TraceId)]) with
            {
                OrderBy = [new(Orders[sort], true), new(SpanField.SpanId, false)],
                Limit = MostSpans + 1,
            },
            cancellation
        );
        var ids = found
            .Rows.Take(MostSpans)
            .Select(row => (UInt128)row[0]!)
            .Distinct()
            .Skip(page.Offset)
            .Take(page.Limit + 1)
            .ToList();
        // Behind the last of them there may be traces that were not looked for.
        var isEnd = found.Rows.Count > MostSpans && ids.Count <= page.Limit;
        if (ids.Count == 0)
        {
            return new(Page<TraceSummaryShape>.FromOffset(page, []), AnswerNotes.Of(found, MostSpans));
        }
        var about = new SpanScope(
            scope.Projects,
            new(Math.Max(0, scope.Range.From - Reach), scope.Range.To + Reach),
            [new Filter.In(SpanField.TraceId, [.. ids])]
        );
        var counts = await CountsAsync(about, cancellation);
        var segments = await SegmentsAsync(about, cancellation);
        var errors = await ErrorsAsync(about, cancellation);
        var partial = found.Partial || counts.Partial || segments.Partial || errors.Partial;
        var shown = Page<TraceSummaryShape>.FromOffset(
            page,
            [
                .. ids.Select(id =>
                    Shape(scope, id, counts.Value[id], segments.Value[id], errors.Value.GetValueOrDefault(id)) with
                    {
                        Partial = partial,
                    }
                ),
            ]
        );
        return new(shown, new(partial || isEnd, shown.Items.Any(trace => trace.Sampled)));
    }

    static TraceSummaryShape Shape(
        SpanScope scope,
        UInt128 id,
        IEnumerable<SpanCount> counts,
        IEnumerable<SegmentRow> segments,
        long errors
    )
    {
        var root = segments.OrderBy(segment => segment.HasParent).ThenBy(segment => segment.Start).FirstOrDefault();
        var start = segments.Select(segment => segment.Start).Concat(counts.Select(count => count.First)).DefaultIfEmpty().Min();
        var end = segments.Select(segment => segment.End).Concat(counts.Select(count => count.Last)).DefaultIfEmpty().Max();
        return new()
        {
            TraceId = TraceMapping.Hex(id),
            Root = root is null ? null : new(scope.SlugOf(root.ProjectId), root.Transaction, root.Op),
            Start = TraceMapping.Seconds(start),
            Duration = TraceMapping.Milliseconds(end - start),
            Spans = counts.Sum(count => count.Count),
            Failed = counts.Where(count => count.Failed).Sum(count => count.Count),
            Errors = errors,
            Projects = [.. counts.OrderBy(count => count.First).Select(count => scope.SlugOf(count.ProjectId)).Distinct()],
            Sampled = counts.Any(count => count.Weight > 1),
            Partial = false,
        };
    }

    /// <summary>Spans as they are: those that a sampled one stands for belong to other traces.</summary>
    async Task<Answer<ILookup<UInt128, SpanCount>>> CountsAsync(SpanScope scope, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            scope.Query([
                new("trace", SpanField.TraceId),
                new("project", SpanField.ProjectId),
                new("failed", SpanField.Failed),
                new("weight", SpanField.Weight),
                new("count", Expression.Count),
                new("first", new Expression.Aggregate(AggregateKind.Min, SpanField.Timestamp)),
                new("last", new Expression.Aggregate(AggregateKind.Max, SpanField.Timestamp + (SpanField.Duration * 1000))),
            ]) with
            {
                GroupBy = [SpanField.TraceId, SpanField.ProjectId, SpanField.Failed, SpanField.Weight],
                Limit = MostCounts + 1,
            },
            cancellation
        );
        var counts = result
            .Rows.Select(row => new Cells(row))
            .Select(cells => new SpanCount(
                cells.Id() ?? 0,
                cells.Number(),
                cells.Truth(),
                cells.Real(),
                cells.Number(),
                cells.Number(),
                cells.Number()
            ))
            .ToLookup(count => count.TraceId);
        return new(counts, AnswerNotes.Of(result, MostCounts));
    }

    async Task<Answer<ILookup<UInt128, SegmentRow>>> SegmentsAsync(SpanScope scope, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            scope.And(SpanField.IsSegment.Is(true)).Query(SegmentColumns) with
            {
                // The roots first: they are what a trace is named by, should there be too many.
                OrderBy = [new(HasParent, false), new(SpanField.Timestamp, false)],
                Limit = MostSegments + 1,
            },
            cancellation
        );
        var segments = result
            .Rows.Select(row => new Cells(row))
            .Select(cells => new SegmentRow(
                cells.Id() ?? 0,
                cells.Number(),
                cells.Text(),
                cells.Text() ?? "default",
                cells.MaybeNumber() is not null,
                cells.Number(),
                Metadata.Microseconds.From(TimeSpan.FromMilliseconds(cells.Real()))
            ))
            .ToLookup(segment => segment.TraceId);
        return new(segments, AnswerNotes.Of(result, MostSegments));
    }

    async Task<Answer<IReadOnlyDictionary<UInt128, long>>> ErrorsAsync(SpanScope scope, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            scope.And(SpanField.IsError).Query([new("trace", SpanField.TraceId), new("count", Expression.Count)]) with
            {
                Dataset = Dataset.Events,
                GroupBy = [SpanField.TraceId],
                Limit = PageRequest.MaxLimit + 1,
            },
            cancellation
        );
        return new(
            result.Rows.ToDictionary(row => (UInt128)row[0]!, row => Convert.ToInt64(row[1], null)),
            AnswerNotes.Of(result)
        );
    }

    sealed record SpanCount(UInt128 TraceId, long ProjectId, bool Failed, double Weight, long Extrapolated, long First, long Last)
    {
        public long Count => (long)Math.Round(Extrapolated / Math.Max(1, Weight));
    }

    sealed record SegmentRow(
        UInt128 TraceId,
        long ProjectId,
        string? Transaction,
        string Op,
        bool HasParent,
        long Start,
        long Duration
    )
    {
        public long End => Start + Duration;
    }
}
