using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>Questions whose answer is a table.</summary>
sealed class ExploreTables(TelemetryStore telemetry, IssueNames names, AnswerTips tips)
{
    /// <summary>A sum takes each row as often as it stands for others, which the quotient takes back.</summary>
    static readonly Expression Stored = new Expression.Aggregate(
        AggregateKind.Sum,
        1.0 / new Expression.Field("sampling.weight")
    );

    /// <summary>One row more than the limit tells that there are more.</summary>
    public async Task<EventsShape> AnswerAsync(Question question, int limit, int offset, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(question.Table(limit, offset), cancellation);
        var answer = await ShapeAsync(question, result, cancellation);
        // Behind the last page there is nothing because of no slip.
        return offset > 0
            ? answer
            : answer with
            {
                Meta = answer.Meta with { Tips = await tips.OfAsync(question, result.Rows, cancellation) },
            };
    }

    /// <param name="result">Of the question's table.</param>
    public async Task<EventsShape> ShapeAsync(Question question, TelemetryResult result, CancellationToken cancellation)
    {
        var cells = await CellsAsync(question, result, cancellation);
        return new(
            [.. result.Rows.Select(row => Row(question.Columns, row, cells))],
            new(
                question.Columns.ToDictionary(column => column.Name, column => column.Type.Name),
                question.Columns.ToDictionary(column => column.Name, column => column.Type.Unit),
                question.Dataset.Name,
                question.NotesOf(result)
            )
        );
    }

    public async Task<Answer<EventsCountShape>> CountAsync(Question question, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(question.Query(new Selected("count", Expression.Count)), cancellation);
        var count = result.Rows is [[long counted]] ? counted : 0;
        var notes = question.NotesOf(result);
        if (!result.Sampled)
        {
            return new(new(count, count), notes);
        }
        var stored = await telemetry.QueryAsync(question.Query(new Selected("stored", Stored)), cancellation);
        return new(new(count, Convert.ToInt64(stored.Whole[0] ?? 0L, null)), notes.With(AnswerNotes.Of(stored)));
    }

    /// <summary>For writing the rows of an answer to the question's columns, in their order.</summary>
    public async Task<CellWriter> CellsAsync(Question question, TelemetryResult result, CancellationToken cancellation)
    {
        var at = question.Columns.ToList().FindIndex(column => column.Rendering == Rendering.Issue);
        var issues = at < 0 ? [] : result.Rows.Select(row => row[at]).OfType<long>().Distinct().ToList();
        return new(question.Dataset, question.Projects, await names.OfAsync(issues, cancellation));
    }

    static Dictionary<string, object?> Row(IReadOnlyList<Column> columns, IReadOnlyList<object?> row, CellWriter cells)
    {
        var written = new Dictionary<string, object?>(columns.Count);
        for (var at = 0; at < columns.Count; at++)
        {
            written[columns[at].Name] = cells.Write(columns[at], row[at]);
        }
        return written;
    }
}
