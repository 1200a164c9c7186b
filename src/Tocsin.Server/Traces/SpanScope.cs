using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>Spans that a caller may see and asks about: projects of one organisation, a period, and conditions. No query of this room goes past it.</summary>
sealed record SpanScope(IReadOnlyList<ProjectSnapshot> Projects, TimeRange Range, IReadOnlyList<Filter> Conditions)
{
    /// <summary>An organisation without projects sees nothing, and an empty list would mean all.</summary>
    public IReadOnlyList<long> ProjectIds => Projects.Count == 0 ? [0] : [.. Projects.Select(project => project.Id)];

    /// <summary>Minutes of the period.</summary>
    public double Minutes => (Range.To - Range.From) / 60e6;

    public SpanScope And(params IEnumerable<Filter?> more) =>
        this with
        {
            Conditions = [.. Conditions, .. more.OfType<Filter>()],
        };

    /// <summary>Of environments, which events have as well as spans.</summary>
    public static bool IsEnvironment(Filter condition) => condition is Filter.In { Left: var of } && of == SpanField.Environment;

    public SpanScope Of(ProjectSnapshot project) => this with { Projects = [project] };

    public string SlugOf(long projectId) => Projects.FirstOrDefault(project => project.Id == projectId)?.Slug ?? "";

    /// <summary>About these spans, with everything still to be selected.</summary>
    public TelemetryQuery Query(IReadOnlyList<Selected> select) =>
        new()
        {
            Dataset = Dataset.Spans,
            Projects = ProjectIds,
            Range = Range,
            Where = Conditions.Count == 0 ? null : new Filter.And(Conditions),
            Select = select,
        };
}
