using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Explore.Series;

/// <summary>Series in Sentry's two forms.</summary>
static class SeriesMapping
{
    /// <summary>
    /// One line alone; several axes by their names; groups by theirs, and within a group several axes by theirs again. Where no row makes a group, the
    /// lines of nothing stand for all.
    /// </summary>
    public static object Stats(SeriesAnswer answer, Question question, bool isGrouped)
    {
        if (!isGrouped || answer.Groups.Count == 0)
        {
            return OfGroup(answer.Groups.Count == 0 ? Nothing(question, answer.Steps) : answer.Groups[0], 0, answer, question);
        }
        return ByName(answer, question);
    }

    /// <summary>Each group's line, or its lines by their axes.</summary>
    public static Dictionary<string, object> ByName(SeriesAnswer answer, Question question)
    {
        var byName = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (group, order) in answer.Groups.Select((group, order) => (group, order)))
        {
            byName[group.Name] = OfGroup(group, order, answer, question);
        }
        return byName;
    }

    static SeriesGroup Nothing(Question question, SeriesSteps steps)
    {
        IReadOnlyList<Column> axes = [.. question.Columns.Where(column => column.IsAggregate)];
        return new([], false, axes, [.. axes.Select(_ => new double?[steps.Count])]);
    }

    static object OfGroup(SeriesGroup group, int order, SeriesAnswer answer, Question question)
    {
        if (group.Axes.Count == 1)
        {
            return Line(group, 0, order, answer, question);
        }
        var byAxis = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var axis = 0; axis < group.Axes.Count; axis++)
        {
            byAxis[group.Axes[axis].Name] = Line(group, axis, axis, answer, question);
        }
        // Beside the axes, as clients sort groups by it.
        if (group.Key.Count > 0 || group.IsOther)
        {
            byAxis["order"] = order;
        }
        return byAxis;
    }

    static EventsStatsShape Line(SeriesGroup group, int axis, int order, SeriesAnswer answer, Question question)
    {
        var column = group.Axes[axis];
        var steps = answer.Steps;
        return new(
            [
                .. group
                    .Values[axis]
                    .Select(
                        (value, at) =>
                            new object[]
                            {
                                Seconds(steps.StartOf(at)),
                                new[] { new StatsCount(value ?? OfNothing(column), Earlier(group, axis, at)) },
                            }
                    ),
            ],
            Seconds(steps.First),
            Seconds(steps.StartOf(steps.Count)),
            order,
            new(
                new Dictionary<string, string> { [column.Name] = column.Type.Name },
                new Dictionary<string, string?> { [column.Name] = column.Type.Unit },
                question.Dataset.Name,
                answer.Notes
            )
        );
    }

    static double? Earlier(SeriesGroup group, int axis, int at) =>
        group.Earlier is { } earlier ? earlier[axis][at] ?? OfNothing(group.Axes[axis]) : null;

    static double? OfNothing(Column column) => column.IsCount ? 0 : null;

    static long Seconds(long microseconds) => microseconds / Microseconds.PerSecond;

    /// <param name="now">Microseconds; a step that is not over by then is incomplete.</param>
    public static TimeSeriesAnswer TimeSeries(SeriesAnswer answer, Question question, long now) =>
        new(
            new(question.Dataset.Name, answer.Steps.First / 1000, answer.Steps.StartOf(answer.Steps.Count) / 1000, answer.Notes),
            [
                .. answer.Groups.SelectMany(
                    (group, order) => group.Axes.Select((column, axis) => Line(group, order, column, axis, answer.Steps, now))
                ),
            ]
        );

    static TimeSeriesShape Line(SeriesGroup group, int order, Column column, int axis, SeriesSteps steps, long now) =>
        new(
            column.Name,
            group.Key.Count == 0 ? null : [.. group.Key.Select(key => new TimeSeriesGroup(key.Field, key.Value))],
            [
                .. group
                    .Values[axis]
                    .Select(
                        (value, at) =>
                            new TimeSeriesValue(
                                steps.StartOf(at) / 1000,
                                value ?? OfNothing(column),
                                steps.StartOf(at + 1) > now,
                                Earlier(group, axis, at)
                            )
                    ),
            ],
            new(column.Type.Name, column.Type.Unit, steps.Width / 1000, group.IsOther, order)
        );
}
