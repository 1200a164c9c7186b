using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Differences;

/// <summary>
/// Compares slow runs of a transaction with all of them, on samples that chance picks: ids are random, so the first by id are spread over
/// the whole period.
/// </summary>
sealed class DifferenceQueries(TelemetryStore telemetry)
{
    const int SlowRuns = 500;
    const int AllRuns = 1_000;

    /// <summary>Runs on either side whose spans are compared.</summary>
    const int Inspected = 100;

    /// <param name="runs">The transaction's segments.</param>
    /// <param name="spans">Their children.</param>
    /// <param name="threshold">Milliseconds; null: the slowest tenth.</param>
    public async Task<DifferencesShape> OfAsync(
        SpanScope runs,
        SpanScope spans,
        double? threshold,
        CancellationToken cancellation
    )
    {
        var from = threshold is { } asked ? new(asked, AnswerNotes.None) : await SlowestTenthAsync(runs, cancellation);
        var limit = from.Value;
        var isSlow = new Filter.Compare(SpanField.Duration, Comparison.GreaterOrEqual, limit);
        var slow = await RunsAsync(runs.And(isSlow), SlowRuns, cancellation);
        var all = await RunsAsync(runs, AllRuns, cancellation);
        List<SampledRun> slowInspected = [.. slow.Value.Take(Inspected)];
        List<SampledRun> allInspected = [.. all.Value.Take(Inspected)];
        var groups = await GroupsAsync(
            spans,
            [.. slowInspected.Concat(allInspected).Select(run => run.TraceId).Distinct()],
            cancellation
        );
        return new()
        {
            Threshold = limit,
            SlowRuns = slow.Value.Count,
            AllRuns = all.Value.Count,
            Tags = TagDifferences.Between(slow.Value, all.Value),
            Spans = SpanDifferences.Between(slowInspected, allInspected, groups.Value),
            Sampled = slow.Value.Count == SlowRuns || all.Value.Count == AllRuns || all.Sampled,
            Partial = from.Partial || slow.Partial || all.Partial || groups.Partial,
        };
    }

    async Task<Answer<double>> SlowestTenthAsync(SpanScope runs, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            runs.Query([new("p90", new Expression.Quantile(SpanField.Duration, 0.9))]),
            cancellation
        );
        return new(new Cells(result.Whole).Real(), AnswerNotes.Of(result));
    }

    async Task<Answer<IReadOnlyList<SampledRun>>> RunsAsync(SpanScope runs, int limit, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            runs.Query([.. SampledRun.Columns, new("weight", SpanField.Weight)]) with
            {
                OrderBy = [new(SpanField.SpanId, false)],
                Limit = limit,
            },
            cancellation
        );
        var isSampled = result.Rows.Any(row => row[^1] is double and not 1);
        return new([.. result.Rows.Select(SampledRun.Read)], new(result.Partial, isSampled));
    }

    async Task<Answer<IReadOnlyList<RunGroup>>> GroupsAsync(
        SpanScope spans,
        IReadOnlyList<UInt128> traces,
        CancellationToken cancellation
    )
    {
        if (traces.Count == 0)
        {
            return new([], AnswerNotes.None);
        }
        Expression[] keys = [SpanField.TraceId, SpanField.Op, SpanField.Group, SpanField.GroupName];
        var result = await telemetry.QueryAsync(
            spans
                .And(new Filter.In(SpanField.TraceId, [.. traces]))
                .Query([
                    .. keys.Select((key, at) => new Selected($"key{at}", key)),
                    new("count", Expression.Count),
                    new("self_time", Figure.SelfTime),
                ]) with
            {
                GroupBy = keys,
                Limit = 100_000,
            },
            cancellation
        );
        return new(
            [
                .. result
                    .Rows.Select(row => new Cells(row))
                    .Select(cells => new RunGroup(
                        cells.Id() ?? 0,
                        cells.Text() ?? "default",
                        cells.Number(),
                        cells.Text(),
                        cells.Number(),
                        cells.Real()
                    )),
            ],
            AnswerNotes.Of(result)
        );
    }
}
