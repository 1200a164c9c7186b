using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>Single runs of a transaction, with the errors of their traces.</summary>
sealed class TransactionSamples(TelemetryStore telemetry)
{
    static readonly string[] Names =
    [
        "trace",
        "span_id",
        "event.id",
        "project.id",
        "timestamp",
        "span.duration",
        "span.status",
        "user",
        "release",
        "environment",
        "browser.name",
        "device.class",
        "sampling.weight",
    ];

    static readonly Selected[] Columns = [.. Names.Select(name => new Selected(name, SpanField.Of(name)))];

    public static IReadOnlyList<string> Sorts { get; } = ["recent", "slow", "fast"];

    /// <param name="runs">Which ones.</param>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    /// <param name="page">Of runs.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Answer<Page<TransactionSampleShape>>> PageAsync(
        SpanScope runs,
        string sort,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var order = sort == "recent" ? SpanField.Timestamp : SpanField.Duration;
        var result = await telemetry.QueryAsync(
            runs.Query(Columns) with
            {
                OrderBy = [new(order, sort != "fast"), new(SpanField.SpanId, false)],
                Limit = page.Limit + 1,
                Offset = page.Offset,
            },
            cancellation
        );
        var errors = await ErrorsAsync(runs, [.. result.Rows.Select(row => row[0]!).Distinct()], cancellation);
        var partial = result.Partial || errors.Partial;
        var shown = Page<TransactionSampleShape>.FromOffset(
            page,
            [.. result.Rows.Select(row => Shape(runs, row, errors.Value, partial))]
        );
        return new(shown, new(partial, shown.Items.Any(run => run.Sampled)));
    }

    async Task<Answer<IReadOnlyDictionary<UInt128, int>>> ErrorsAsync(
        SpanScope runs,
        IReadOnlyList<object> traces,
        CancellationToken cancellation
    )
    {
        if (traces.Count == 0)
        {
            return new(new Dictionary<UInt128, int>(), AnswerNotes.None);
        }
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = runs.ProjectIds,
                Range = new(runs.Range.From, long.MaxValue),
                Where = new Filter.And([new Filter.In(SpanField.TraceId, traces), SpanField.IsError]),
                Select = [new("trace", SpanField.TraceId), new("count", Expression.Count)],
                GroupBy = [SpanField.TraceId],
                Limit = traces.Count,
            },
            cancellation
        );
        return new(
            result.Rows.ToDictionary(row => (UInt128)row[0]!, row => Convert.ToInt32(row[1], null)),
            AnswerNotes.Of(result)
        );
    }

    // The initialisers run in the order in which they are written, which is that of the columns.
    static TransactionSampleShape Shape(
        SpanScope runs,
        IReadOnlyList<object?> row,
        IReadOnlyDictionary<UInt128, int> errors,
        bool partial
    )
    {
        var cells = new Cells(row);
        var trace = cells.Id() ?? 0;
        return new()
        {
            TraceId = TraceMapping.Hex(trace),
            SpanId = TraceMapping.Hex(cells.Number()),
            EventId = cells.Id() is { } id ? TraceMapping.Hex(id) : null,
            Project = runs.SlugOf(cells.Number()),
            Timestamp = TraceMapping.Seconds(cells.Number()),
            Duration = cells.Real(),
            Status = cells.Text() ?? "unknown",
            User = cells.Text(),
            Release = cells.Text(),
            Environment = cells.Text(),
            Browser = cells.Text(),
            Device = cells.Text(),
            Sampled = cells.Real() > 1,
            Partial = partial,
            Errors = errors.GetValueOrDefault(trace),
        };
    }
}
