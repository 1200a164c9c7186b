using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using ApdexThreshold = Tocsin.Server.Explore.ApdexThreshold;

namespace Tocsin.Server.Performance;

/// <summary>One transaction in figures, over time and by duration.</summary>
sealed class TransactionSummary(TelemetryStore telemetry, TransactionQueries queries)
{
    const int MostSteps = 100;

    static readonly Selected[] SeriesColumns =
    [
        new("p50", Figure.P50),
        new("p75", Figure.P75),
        new("p95", Figure.P95),
        new("p99", Figure.P99),
        new("count", Expression.Count),
        new("failure_rate", Figure.FailureRate),
        new("users", Figure.Users),
    ];

    public async Task<TransactionSummaryShape> OfAsync(SpanScope runs, TransactionRequest asked, CancellationToken cancellation)
    {
        var totals = await TotalsAsync(runs, asked, cancellation);
        var steps = Steps.Of(runs.Range, MostSteps);
        var series = await SeriesAsync(runs, steps, cancellation);
        var histogram = await DurationHistogram.OfAsync(telemetry, runs, cancellation);
        var notes = totals.Notes.With(series.Notes).With(histogram.Notes);
        return new()
        {
            Totals = totals.Value,
            Series = series.Value,
            Histogram = histogram.Value,
            Threshold = runs.Projects is [var only] ? ThresholdOf(only.Options, asked.Transaction) : null,
            Sampled = notes.Sampled,
            Partial = notes.Partial,
        };
    }

    /// <summary>Of all operations together when none is asked for; then under the one that runs most.</summary>
    async Task<Answer<TransactionRowShape?>> TotalsAsync(SpanScope runs, TransactionRequest asked, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            runs.Query([
                new("project", new Expression.Aggregate(AggregateKind.Any, SpanField.ProjectId)),
                new("transaction", new Expression.Aggregate(AggregateKind.Any, SpanField.Transaction)),
                new("op", new Expression.Aggregate(AggregateKind.Any, SpanField.Op)),
                .. TransactionFigures.Columns,
            ]),
            cancellation
        );
        var figures = TransactionFigures.Read(result.Whole);
        if (figures.Count == 0)
        {
            return new(null, AnswerNotes.Of(result));
        }
        var threshold = ApdexThreshold.Of(runs.Projects, asked.Transaction);
        var users = await telemetry.QueryAsync(runs.Query(UserFigures.Columns(threshold)), cancellation);
        var issues = await queries.IssueCountsAsync(runs, [asked.Transaction], cancellation);
        var earlier = await queries.SlownessAsync(runs.Before(), cancellation);
        var notes = AnswerNotes.Of(result).With(AnswerNotes.Of(users)).With(issues.Notes).With(earlier.Notes);
        return new(
            TransactionMapping.Row(
                runs,
                figures,
                UserFigures.Read(new(users.Whole)),
                issues.Value.Values.Sum(),
                TransactionFigures.Regression(figures.P95, earlier.Value.GetValueOrDefault(figures.Key)),
                notes
            ),
            notes
        );
    }

    static RunThresholdShape ThresholdOf(ProjectOptions options, string transaction) =>
        new(options.Of(transaction).ApdexThreshold, options.TransactionThresholds.ContainsKey(transaction));

    async Task<Answer<TransactionSeriesShape>> SeriesAsync(SpanScope runs, Steps steps, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            runs.Query([new("step", steps.Bucket), .. SeriesColumns]) with
            {
                GroupBy = [steps.Bucket],
                Limit = 10_000,
            },
            cancellation
        );
        var byBegin = result.Rows.ToDictionary(row => Convert.ToInt64(row[0], null));
        IReadOnlyList<IReadOnlyList<double?>> Column(int at) =>
            steps.Pairs(begin =>
                byBegin.TryGetValue(begin, out var row) && row[at + 1] is { } value ? Convert.ToDouble(value, null) : null
            );
        return new(
            new()
            {
                Interval = steps.Interval,
                P50 = Column(0),
                P75 = Column(1),
                P95 = Column(2),
                P99 = Column(3),
                Count = Column(4),
                FailureRate = Column(5),
                Users = Column(6),
            },
            AnswerNotes.Of(result)
        );
    }
}
