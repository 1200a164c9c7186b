using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>How durations are spread, in bars that each reach 19 % further than the one before: four to a doubling.</summary>
static class DurationHistogram
{
    const int PerDoubling = 4;

    /// <summary>A microsecond and a month lie not further apart.</summary>
    const int MostBars = 200;

    static readonly Expression Bar = new Expression.Applied(
        Function.Floor,
        new Expression.Applied(Function.Ln, SpanField.Duration) * (PerDoubling / Math.Log(2))
    );

    public static async Task<Answer<IReadOnlyList<HistogramBarShape>>> OfAsync(
        TelemetryStore telemetry,
        SpanScope runs,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            runs.Query([new("bar", Bar), new("count", Expression.Count)]) with
            {
                GroupBy = [Bar],
                Limit = 2 * MostBars,
            },
            cancellation
        );
        var counts = new Dictionary<int, long>();
        var instant = 0L;
        foreach (var cells in result.Rows.Select(row => new Cells(row)))
        {
            if (cells.MaybeReal() is { } bar)
            {
                counts[(int)bar] = cells.Number();
            }
            else
            {
                instant = cells.Number();
            }
        }
        return new(Bars(counts, instant), AnswerNotes.Of(result));
    }

    /// <summary>Without gaps from the shortest to the longest; what took no time at all stands in front.</summary>
    static IReadOnlyList<HistogramBarShape> Bars(Dictionary<int, long> counts, long instant)
    {
        var bars = new List<HistogramBarShape>();
        if (counts.Count > 0)
        {
            for (var bar = counts.Keys.Min(); bar <= counts.Keys.Max(); bar++)
            {
                bars.Add(new(Edge(bar), Edge(bar + 1), counts.GetValueOrDefault(bar)));
            }
        }
        return instant == 0 ? bars : [new(0, bars.Count > 0 ? bars[0].From : Edge(0), instant), .. bars];
    }

    static double Edge(int bar) => Math.Pow(2, (double)bar / PerDoubling);
}
