using Tocsin.Server.Api;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>Web vitals of a period: as a whole, over time, by one dimension, and by the element they were measured at.</summary>
sealed class VitalQueries(TelemetryStore telemetry)
{
    const int MostSteps = 60;
    const int MostRows = 100;
    const int ElementsEach = 10;

    public async Task<VitalsShape> OfAsync(
        SpanScope scope,
        VitalDimension by,
        VitalThresholds thresholds,
        CancellationToken cancellation
    )
    {
        var loads = scope.And(VitalField.Any);
        IReadOnlyList<Selected> measures = [.. Vital.All.SelectMany(vital => VitalField.Measures(vital, thresholds))];
        IReadOnlyList<Selected> scored = [.. measures, .. Vital.All.Select(vital => VitalField.Score(vital, thresholds))];
        var whole = await telemetry.QueryAsync(loads.Query([.. scored, VitalField.Phones]), cancellation);
        var cells = new Cells(whole.Whole);
        var figures = VitalFigures.Read(cells, withScores: true);
        var steps = Performance.Steps.Of(scope.Range, MostSteps);
        var series = await telemetry.QueryAsync(
            loads.Query([new("step", steps.Bucket), .. measures]) with
            {
                GroupBy = [steps.Bucket],
                Limit = 1_000,
            },
            cancellation
        );
        var rows = await telemetry.QueryAsync(
            loads.Query([.. by.Keys.Select((key, at) => new Selected($"key{at}", key)), .. scored]) with
            {
                GroupBy = by.Keys,
                OrderBy = [new(Expression.Count, true), .. by.Keys.Select(key => new Ordering(key, false))],
                Limit = MostRows + 1,
            },
            cancellation
        );
        var elements = await ElementsAsync(loads, figures, thresholds, cancellation);
        var notes = AnswerNotes.Of(whole).With(AnswerNotes.Of(series)).With(AnswerNotes.Of(rows)).With(elements.Notes);
        return new()
        {
            Score = figures.ScoresShape,
            Vitals = figures.ByName,
            Interval = steps.Interval,
            Series = Series(steps, series),
            Rows = Rows(scope, by, rows, figures.Count),
            MoreRows = rows.Rows.Count > MostRows,
            Elements = elements.Value,
            Thresholds = thresholds == VitalThresholds.Sentry ? "sentry" : "google",
            Limits = [.. Vital.All.Select(vital => VitalLimitShape.Of(vital, vital.Limits(thresholds)))],
            Phones = cells.MaybeReal() ?? 0,
            Sampled = notes.Sampled,
            Partial = notes.Partial,
        };
    }

    static Dictionary<string, IReadOnlyList<IReadOnlyList<double?>>> Series(Steps steps, TelemetryResult result)
    {
        var byBegin = result
            .Rows.Select(row => new Cells(row))
            .ToDictionary(cells => cells.Number(), cells => VitalFigures.Read(cells, withScores: false));
        return Vital
            .All.Select((vital, at) => (vital.Name, At: at))
            .ToDictionary(
                vital => vital.Name,
                vital =>
                    (IReadOnlyList<IReadOnlyList<double?>>)
                        [
                            .. steps.Begins.Select(begin =>
                                (IReadOnlyList<double?>)(
                                    byBegin.GetValueOrDefault(begin)?.Shapes[vital.At] is { Count: > 0 } shape
                                        ? [begin / 1e6, shape.P75, shape.Good, shape.Meh, shape.Poor]
                                        : [begin / 1e6, null, null, null, null]
                                )
                            ),
                        ]
            );
    }

    static IReadOnlyList<VitalsRowShape> Rows(SpanScope scope, VitalDimension by, TelemetryResult result, long total) =>
        [
            .. result
                .Rows.Take(MostRows)
                .Select(row =>
                {
                    var cells = new Cells(row);
                    var (name, project) = by.Read(cells);
                    var figures = VitalFigures.Read(cells, withScores: true);
                    var missing = figures.Total is { } score ? 100 - score : 0;
                    return new VitalsRowShape(
                        name,
                        project is { } id ? scope.SlugOf(id) : null,
                        figures.Total,
                        total == 0 ? 0 : missing * figures.Count / total,
                        figures.Count,
                        figures.Shapes[0],
                        figures.Shapes[1],
                        figures.Shapes[2],
                        figures.Shapes[3],
                        figures.Shapes[4]
                    );
                })
                .OrderByDescending(row => row.Opportunity)
                .ThenBy(row => row.Name, StringComparer.Ordinal),
        ];

    async Task<Answer<IReadOnlyList<VitalElementShape>>> ElementsAsync(
        SpanScope loads,
        VitalFigures figures,
        VitalThresholds thresholds,
        CancellationToken cancellation
    )
    {
        var found = new List<VitalElementShape>();
        var notes = AnswerNotes.None;
        foreach (var source in ElementSource.All.Where(source => figures.Has(source.Vital)))
        {
            var vital = VitalField.Of(source.Vital);
            var result = await telemetry.QueryAsync(
                loads
                    .And(new Filter.Has(vital), new Filter.Has(source.Element), source.Only)
                    .Query([new("element", source.Element), .. VitalField.Measures(source.Vital, thresholds)]) with
                {
                    GroupBy = [source.Element],
                    OrderBy = [new(Expression.Count, true), new(source.Element, false)],
                    Limit = ElementsEach,
                },
                cancellation
            );
            notes = notes.With(AnswerNotes.Of(result));
            found.AddRange(
                result
                    .Rows.Select(row => new Cells(row))
                    .Select(cells => new VitalElementShape(source.Vital.Name, cells.Text() ?? "", VitalFigures.ReadOne(cells)))
            );
        }
        return new([.. found.OrderByDescending(element => element.Measured.Count)], notes);
    }
}
