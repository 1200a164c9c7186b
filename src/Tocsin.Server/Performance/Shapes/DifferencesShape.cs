using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Shapes;

/// <summary>
/// What the slow runs of a transaction have that the others have less of. Compared are as many runs as <c>slow_runs</c> and <c>all_runs</c>
/// say, which chance picks where the period holds more; then it is sampled, as where those that it holds stand for others.
/// </summary>
[SnakeCase]
sealed record DifferencesShape
{
    /// <summary>Milliseconds; slow is what took at least so long.</summary>
    public required double Threshold { get; init; }
    public required int SlowRuns { get; init; }
    public required int AllRuns { get; init; }
    public required IReadOnlyList<DifferingTagShape> Tags { get; init; }
    public required IReadOnlyList<DifferingSpanShape> Spans { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}

/// <summary>
/// Shares from 0 to 1 of the slow runs and of all. Score: how far the two are apart, in standard deviations of chance; the list is sorted
/// by it. A value of so few runs that chance may have brought it about is not listed.
/// </summary>
[SnakeCase]
sealed record DifferingTagShape(
    string Key,
    string Value,
    double SlowShare,
    double AllShare,
    int SlowCount,
    int AllCount,
    double Score
);

/// <summary>
/// A group of spans within the runs. The averages are milliseconds of all its spans in a run that has any; the frequencies are spans per run.
/// Time lost: milliseconds by which it makes a slow run longer than the mean one.
/// </summary>
[SnakeCase]
sealed record DifferingSpanShape(
    string Op,
    string? Description,
    string? Group,
    double SlowAvgMs,
    double AllAvgMs,
    double SlowFreq,
    double AllFreq,
    double TimeLost
);

/// <summary>A group of spans of a transaction, by the time that is spent in it alone (milliseconds). Share: of all its groups, 0 to 1.</summary>
[SnakeCase]
sealed record SuspectSpanShape
{
    public required string? Group { get; init; }
    public required string Op { get; init; }
    public required string? Description { get; init; }
    public required long Count { get; init; }
    public required double Avg { get; init; }
    public required double P95 { get; init; }
    public required double SelfTimeTotal { get; init; }
    public required double Share { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}
