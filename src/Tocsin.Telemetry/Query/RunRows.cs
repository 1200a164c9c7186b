namespace Tocsin.Telemetry.Query;

/// <summary>Which rows stand for the runs of a time: the fewest that there are.</summary>
/// <param name="Steps">Whose sums tell what is asked, the longest first.</param>
/// <param name="Sources">Of the days that may hold such runs.</param>
sealed record RunRows(IReadOnlyList<RunStep> Steps, IReadOnlyList<RunSource> Sources)
{
    /// <summary>A step of the question's own is whole steps of the sums.</summary>
    public static IReadOnlyList<RunStep> StepsFor(TelemetryQuery query)
    {
        var buckets = query.Expressions().SelectMany(expression => expression.WithParts()).OfType<Expression.Bucket>().ToList();
        return [.. RunStep.All.Where(step => buckets.All(bucket => bucket.Step.Ticks % step.Length.Ticks == 0))];
    }

    /// <summary>One query for each part of them.</summary>
    /// <param name="columns">Of these rows.</param>
    public IEnumerable<string> Selects(IReadOnlyCollection<string> columns) =>
        Sources.SelectMany(source => Selects(source, columns));

    IEnumerable<string> Selects(RunSource source, IReadOnlyCollection<string> columns)
    {
        if (source.Summed is not { } summed)
        {
            return [RunTables.OfRuns(source.Catalog, columns, Within(source.Range))];
        }
        var parts = Cover(source.Range, Steps).ToList();
        var coarse = Hull(parts.Where(part => part.Step is not null && part.Step != RunStep.Hour));
        var whole = Hull(parts.Where(part => part.Step is not null));
        return
        [
            .. parts.Select(part =>
                part.Step is null
                    ? RunTables.OfRuns(source.Catalog, columns, Within(part.Range))
                    : RunTables.OfSums(source.Catalog, part.Step, columns, Within(part.Range))
            ),
            .. coarse is { } inHours && summed.Rolled < summed.Hours
                ? [RunTables.OfSums(source.Catalog, RunStep.Hour, columns, $"position > {summed.Rolled} AND {Within(inHours)}")]
                : Array.Empty<string>(),
            .. whole is { } inSums && summed != SummedPositions.Whole
                ? [RunTables.OfRuns(source.Catalog, columns, $"position > {summed.Hours} AND {Within(inSums)}")]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>Parts of the time, each as long as a step allows; what is left at the ends has none.</summary>
    static IEnumerable<(RunStep? Step, TimeRange Range)> Cover(TimeRange range, IEnumerable<RunStep> steps)
    {
        if (range.From >= range.To)
        {
            return [];
        }
        if (steps.FirstOrDefault() is not { } step)
        {
            return [(null, range)];
        }
        var (first, last, shorter) = (step.Up(range.From), step.Down(range.To), steps.Skip(1));
        return first >= last
            ? Cover(range, shorter)
            :
            [
                .. Cover(range with { To = first }, shorter),
                (step, new(first, last)),
                .. Cover(range with { From = last }, shorter),
            ];
    }

    /// <summary>From the first part to the last, between which nothing is left out.</summary>
    static TimeRange? Hull(IEnumerable<(RunStep? Step, TimeRange Range)> parts)
    {
        var ranges = parts.Select(part => part.Range).ToList();
        return ranges.Count == 0 ? null : new TimeRange(ranges[0].From, ranges[^1].To);
    }

    static string Within(TimeRange range) => $"timestamp >= {range.From} AND timestamp < {range.To}";
}

/// <summary>Runs of a catalog in a time.</summary>
/// <param name="Summed">How far they are summed up; null: nothing is.</param>
readonly record struct RunSource(string Catalog, TimeRange Range, SummedPositions? Summed);

/// <summary>Runs of positions up to these are in the sums of hours, and in those of longer steps.</summary>
readonly record struct SummedPositions(long Hours, long Rolled)
{
    /// <summary>Of a day that gets no more.</summary>
    public static SummedPositions Whole { get; } = new(long.MaxValue, long.MaxValue);
}
