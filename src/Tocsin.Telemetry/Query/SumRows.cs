namespace Tocsin.Telemetry.Query;

/// <summary>Which rows stand for the spans of a time: the fewest that there are.</summary>
/// <param name="Steps">Whose sums tell what is asked, the longest first.</param>
/// <param name="Sources">Of the days that may hold such spans.</param>
sealed record SumRows(Sums Sums, IReadOnlyList<SumStep> Steps, IReadOnlyList<SumSource> Sources)
{
    SumTables Tables => Sums.Tables;

    /// <summary>A step of the question's own is whole steps of the sums.</summary>
    public static SumRows For(Sums sums, TelemetryQuery query, IReadOnlyList<SumSource> sources)
    {
        var buckets = query.Expressions().SelectMany(expression => expression.WithParts()).OfType<Expression.Bucket>().ToList();
        return new(
            sums,
            [.. sums.Tables.Steps.Where(step => buckets.All(bucket => bucket.Step.Ticks % step.Length.Ticks == 0))],
            sources
        );
    }

    /// <summary>One query for each part of them.</summary>
    /// <param name="columns">Of these rows.</param>
    public IEnumerable<string> Selects(IReadOnlyCollection<string> columns) =>
        Sources.SelectMany(source => Selects(source, columns));

    IEnumerable<string> Selects(SumSource source, IReadOnlyCollection<string> columns)
    {
        if (source.Summed is not { } summed)
        {
            return [Tables.OfSpans(source.Catalog, columns, Within(source.Range))];
        }
        var parts = Cover(source.Range, Steps).ToList();
        var coarse = Hull(parts.Where(part => part.Step is not null && part.Step != SumStep.Hour));
        var whole = Hull(parts.Where(part => part.Step is not null));
        return
        [
            .. parts.Select(part =>
                part.Step is null
                    ? Tables.OfSpans(source.Catalog, columns, Within(part.Range))
                    : Tables.OfSums(source.Catalog, part.Step, columns, Within(part.Range))
            ),
            .. coarse is { } inHours && summed.Rolled < summed.Hours
                ? [Tables.OfSums(source.Catalog, SumStep.Hour, columns, $"position > {summed.Rolled} AND {Within(inHours)}")]
                : Array.Empty<string>(),
            .. whole is { } inSums && summed != SummedPositions.Whole
                ? [Tables.OfSpans(source.Catalog, columns, $"position > {summed.Hours} AND {Within(inSums)}")]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>Parts of the time, each as long as a step allows; what is left at the ends has none.</summary>
    static IEnumerable<(SumStep? Step, TimeRange Range)> Cover(TimeRange range, IEnumerable<SumStep> steps)
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
    static TimeRange? Hull(IEnumerable<(SumStep? Step, TimeRange Range)> parts)
    {
        var ranges = parts.Select(part => part.Range).ToList();
        return ranges.Count == 0 ? null : new TimeRange(ranges[0].From, ranges[^1].To);
    }

    static string Within(TimeRange range) => $"timestamp >= {range.From} AND timestamp < {range.To}";
}

/// <summary>Spans of a catalog in a time.</summary>
/// <param name="Summed">How far they are summed up; null: nothing is.</param>
readonly record struct SumSource(string Catalog, TimeRange Range, SummedPositions? Summed);

/// <summary>Spans of positions up to these are in the sums of hours, and in those of longer steps.</summary>
readonly record struct SummedPositions(long Hours, long Rolled)
{
    /// <summary>Of a day that gets no more.</summary>
    public static SummedPositions Whole { get; } = new(long.MaxValue, long.MaxValue);
}
