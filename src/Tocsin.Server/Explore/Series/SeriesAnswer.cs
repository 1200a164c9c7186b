using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;

namespace Tocsin.Server.Explore.Series;

/// <summary>One line of a chart per group, in order: the largest first, the rest of the rows last.</summary>
sealed record SeriesAnswer(SeriesSteps Steps, IReadOnlyList<SeriesGroup> Groups, AnswerNotes Notes);

/// <param name="Key">The values that the group's rows have in common, by field; empty where there is one group for all.</param>
/// <param name="Values">Per axis and step; null where no row of the group lies.</param>
sealed record SeriesGroup(
    IReadOnlyList<SeriesKey> Key,
    bool IsOther,
    IReadOnlyList<Column> Axes,
    IReadOnlyList<IReadOnlyList<double?>> Values
)
{
    /// <summary>As Values, of the time that they are compared with; null: there is none.</summary>
    public IReadOnlyList<IReadOnlyList<double?>>? Earlier { get; init; }

    public string Name => IsOther ? "Other" : string.Join(",", Key.Select(key => key.Text));
}

/// <param name="Value">As a table would have it.</param>
readonly record struct SeriesKey(string Field, object? Value, string Text);
