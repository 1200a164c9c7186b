using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>What the store reckoned of the vitals of some page loads, in the order of <see cref="Vital.All"/>.</summary>
sealed record VitalFigures(IReadOnlyList<VitalShape> Shapes, IReadOnlyList<double?> Scores)
{
    /// <param name="cells">At the measures of all vitals; then, if there are any, their scores.</param>
    public static VitalFigures Read(Cells cells, bool withScores) =>
        new(
            [.. Vital.All.Select(_ => ReadOne(cells))],
            withScores ? [.. Vital.All.Select(_ => cells.MaybeReal() is { } score ? 100 * score : (double?)null)] : []
        );

    /// <summary>The weights of those that were measured make up the whole.</summary>
    public double? Total
    {
        get
        {
            var measured = Vital.All.Zip(Scores).Where(pair => pair.Second is not null).ToList();
            var weight = measured.Sum(pair => pair.First.Weight);
            return weight > 0 ? measured.Sum(pair => pair.First.Weight * pair.Second!.Value) / weight : null;
        }
    }

    /// <summary>Page loads: as many as have the most common vital.</summary>
    public long Count => Shapes.Max(shape => shape.Count);

    public bool Has(Vital vital) => Shapes[Vital.All.TakeWhile(other => other != vital).Count()].Count > 0;

    public VitalScoresShape ScoresShape => new(Total, Scores[0], Scores[1], Scores[2], Scores[3], Scores[4]);
    public VitalsByNameShape ByName => new(Shapes[0], Shapes[1], Shapes[2], Shapes[3], Shapes[4]);

    /// <param name="cells">At the measures of one vital.</param>
    public static VitalShape ReadOne(Cells cells)
    {
        var (count, p75, good, poor) = (cells.Number(), cells.MaybeReal(), cells.Number(), cells.Number());
        return count == 0
            ? new(null, 0, 0, 0, 0)
            : new(p75, (double)good / count, (double)(count - good - poor) / count, (double)poor / count, count);
    }
}
