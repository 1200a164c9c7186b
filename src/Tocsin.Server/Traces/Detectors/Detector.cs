namespace Tocsin.Server.Traces.Detectors;

/// <summary>A detector of one kind of problem: its switch, under Sentry's name, and the thresholds that a project may set.</summary>
/// <param name="Find">Null: it does not show in one segment; the watch over many runs looks for it.</param>
sealed record Detector(
    ProblemKind Kind,
    string Switch,
    IReadOnlyList<Threshold> Thresholds,
    Func<SegmentSpans, DetectorOptions, IEnumerable<Problem>>? Find
)
{
    public bool IsOn(DetectorOptions options) => !options.Off.Contains(Switch);
}
