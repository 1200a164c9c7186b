using System.Globalization;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Series;

/// <summary>Questions whose answer is a chart: each axis over time, of all rows or of the top groups and the rest.</summary>
sealed class ExploreSeries(TelemetryStore telemetry, ExploreTables tables)
{
    /// <summary>Steps times groups in one answer; the telemetry store gives no more.</summary>
    const int MostRows = 100_000;

    /// <param name="question">Its aggregates are the axes; its other columns, with <paramref name="top"/>, make the groups.</param>
    /// <param name="top">How many groups; 0: one for all.</param>
    /// <param name="leavesOutOthers">Whether the rest is left out, as it is where the question chooses among groups.</param>
    public async Task<SeriesAnswer> AnswerAsync(
        Question question,
        SeriesSteps steps,
        int top,
        bool leavesOutOthers,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<Column> axes = [.. question.Columns.Where(column => column.IsAggregate)];
        if (top == 0 || question.Keys.Count == 0)
        {
            var (whole, notes) = await LinesAsync(question, axes, [], steps, cancellation);
            return new(steps, [new([], false, axes, whole.GetValueOrDefault("") ?? Empty(axes, steps))], notes);
        }
        var largest = await telemetry.QueryAsync(question.Table(top, 0), cancellation);
        return await OfGroupsAsync(question, axes, largest, steps, leavesOutOthers, cancellation);
    }

    /// <param name="largest">Rows of the question's table, whose groups have lines of their own.</param>
    public async Task<SeriesAnswer> OfGroupsAsync(
        Question question,
        IReadOnlyList<Column> axes,
        TelemetryResult largest,
        SeriesSteps steps,
        bool leavesOutOthers,
        CancellationToken cancellation
    )
    {
        if (largest.Rows.Count == 0)
        {
            return new(steps, [], question.NotesOf(largest));
        }
        var cells = await tables.CellsAsync(question, largest, cancellation);
        var among = new Filter.Or([.. largest.Rows.Select(row => Same(question, row))]);
        var lines = LinesAsync(question.Where(among), axes, question.Keys, steps, cancellation);
        // The rows of all other groups would be those of groups too that the question leaves out.
        var rest =
            leavesOutOthers || question.Groups is not null
                ? null
                : await LinesAsync(question.Where(new Filter.Not(among)), axes, [], steps, cancellation)
                    as (Dictionary<string, double?[][]> Lines, AnswerNotes Notes)?;
        var (found, notes) = await lines;
        List<SeriesGroup> groups =
        [
            .. largest.Rows.Select(row => new SeriesGroup(
                KeyOf(question, row, cells),
                false,
                axes,
                found.GetValueOrDefault(Identity(KeyValues(question, row))) ?? Empty(axes, steps)
            )),
        ];
        if (rest is { } others && others.Lines.GetValueOrDefault("") is { } other)
        {
            groups.Add(new([], true, axes, other));
        }
        return new(steps, groups, question.NotesOf(largest).With(notes).With(rest?.Notes));
    }

    /// <summary>The same answer, with the values of the time before it, step by step.</summary>
    /// <param name="answer">Of one group, of all.</param>
    public async Task<SeriesAnswer> CompareAsync(
        SeriesAnswer answer,
        Question question,
        TimeSpan earlier,
        CancellationToken cancellation
    )
    {
        var shift = Metadata.Microseconds.From(earlier);
        var before = question with { Range = new(question.Range.From - shift, question.Range.To - shift) };
        var steps = answer.Steps.Before(earlier);
        var group = answer.Groups[0];
        var (lines, notes) = await LinesAsync(before, group.Axes, [], steps, cancellation);
        return answer with
        {
            Groups = [group with { Earlier = lines.GetValueOrDefault("") ?? Empty(group.Axes, steps) }],
            Notes = answer.Notes.With(notes),
        };
    }

    /// <summary>Per group, axis and step.</summary>
    async Task<(Dictionary<string, double?[][]> Lines, AnswerNotes Notes)> LinesAsync(
        Question question,
        IReadOnlyList<Column> axes,
        IReadOnlyList<Column> keys,
        SeriesSteps steps,
        CancellationToken cancellation
    )
    {
        var bucket = new Expression.Bucket(steps.Step);
        IReadOnlyList<Expression> group = [bucket, .. keys.Select(key => key.Expression).Distinct()];
        var result = await telemetry.QueryAsync(
            question.Query([
                new("bucket", bucket),
                .. keys.Select(key => new Selected(key.Name, key.Expression)),
                .. axes.Select(axis => new Selected(axis.Name, axis.Expression)),
            ]) with
            {
                GroupBy = group,
                Limit = MostRows,
            },
            cancellation
        );
        var lines = new Dictionary<string, double?[][]>(StringComparer.Ordinal);
        foreach (var row in result.Rows)
        {
            var identity = Identity(row.Skip(1).Take(keys.Count));
            if (!lines.TryGetValue(identity, out var line))
            {
                lines[identity] = line = Empty(axes, steps);
            }
            if (steps.IndexOf((long)row[0]!) is >= 0 and var at)
            {
                for (var axis = 0; axis < axes.Count; axis++)
                {
                    line[axis][at] = Number(row[1 + keys.Count + axis]);
                }
            }
        }
        return (lines, question.NotesOf(result));
    }

    static double?[][] Empty(IReadOnlyList<Column> axes, SeriesSteps steps) => [.. axes.Select(_ => new double?[steps.Count])];

    static double? Number(object? value) =>
        value is long or double && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
            ? number
            : null;

    static IEnumerable<object?> KeyValues(Question question, IReadOnlyList<object?> row) =>
        row.Where((_, at) => !question.Columns[at].IsAggregate);

    static IReadOnlyList<SeriesKey> KeyOf(Question question, IReadOnlyList<object?> row, CellWriter cells) =>
        [
            .. question
                .Columns.Select((column, at) => (column, value: row[at]))
                .Where(pair => !pair.column.IsAggregate)
                .Select(pair => new SeriesKey(
                    pair.column.Name,
                    cells.Write(pair.column, pair.value),
                    cells.Text(pair.column, pair.value)
                )),
        ];

    /// <summary>Of the same group as the row.</summary>
    static Filter.And Same(Question question, IReadOnlyList<object?> row) =>
        new([
            .. question
                .Columns.Select((column, at) => (column, value: row[at]))
                .Where(pair => !pair.column.IsAggregate)
                .Select<(Column column, object? value), Filter>(pair =>
                    pair.value is null
                        ? new Filter.Not(new Filter.Has(pair.column.Expression))
                        : new Filter.Compare(pair.column.Expression, Comparison.Equal, pair.value)
                ),
        ]);

    static string Identity(IEnumerable<object?> values) =>
        string.Join(
            '\u0001',
            values.Select(value => value is null ? "\u0002" : Convert.ToString(value, CultureInfo.InvariantCulture))
        );
}
