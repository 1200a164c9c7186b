using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>Where the time of a transaction goes: its groups of spans by the time that is spent in them alone.</summary>
sealed class SuspectSpans(TelemetryStore telemetry)
{
    /// <summary>Groups that are read; the shares are of all that are.</summary>
    const int Most = 1_000;

    static readonly Expression Description = new Expression.Aggregate(AggregateKind.Any, SpanField.GroupName);

    /// <param name="spans">The children of the transaction's segments.</param>
    public async Task<Answer<IReadOnlyList<SuspectSpanShape>>> OfAsync(SpanScope spans, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            spans.Query([
                new("group", SpanField.Group),
                new("op", SpanField.Op),
                new("description", Description),
                new("count", Expression.Count),
                new("avg", new Expression.Aggregate(AggregateKind.Avg, SpanField.Duration)),
                new("p95", Figure.P95),
                new("self_time", Figure.SelfTime),
            ]) with
            {
                GroupBy = [SpanField.Group, SpanField.Op],
                OrderBy = [new(Figure.SelfTime, true), new(SpanField.Op, false)],
                Limit = Most,
            },
            cancellation
        );
        IReadOnlyList<SuspectSpanShape> shapes = [.. result.Rows.Select(row => Shape(row, result))];
        var total = shapes.Sum(shape => shape.SelfTimeTotal);
        return new(
            total > 0 ? [.. shapes.Select(shape => shape with { Share = shape.SelfTimeTotal / total })] : shapes,
            AnswerNotes.Of(result)
        );
    }

    // The initialisers run in the order in which they are written, which is that of the columns.
    static SuspectSpanShape Shape(IReadOnlyList<object?> row, TelemetryResult result)
    {
        var cells = new Cells(row);
        return new()
        {
            Group = TraceMapping.Hex(cells.MaybeNumber()),
            Op = cells.Text() ?? "default",
            Description = cells.Text(),
            Count = cells.Number(),
            Avg = cells.Real(),
            P95 = cells.Real(),
            SelfTimeTotal = cells.Real(),
            Share = 0,
            Sampled = result.Sampled,
            Partial = result.Partial,
        };
    }
}
