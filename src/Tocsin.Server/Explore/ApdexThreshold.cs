using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// How long a run may take to satisfy its user, in milliseconds: one for all, or each project's own. Up to four times as long is borne.
/// </summary>
sealed class ApdexThreshold
{
    const double Borne = 4;

    static readonly Expression Project = new Expression.Field("project.id");

    readonly IReadOnlyList<(double Milliseconds, IReadOnlyList<object> Projects)> _parts;

    ApdexThreshold(IReadOnlyList<(double, IReadOnlyList<object>)> parts) => _parts = parts;

    public static ApdexThreshold Usual { get; } = Of(ProjectOptions.Default.ApdexThreshold);

    public static ApdexThreshold Of(double milliseconds) => new([(milliseconds, [])]);

    public static ApdexThreshold Of(IReadOnlyCollection<ProjectSnapshot> projects) =>
        projects.Count == 0
            ? Usual
            : new([
                .. projects
                    .GroupBy(project => project.Options.ApdexThreshold, project => (object)project.Id)
                    .Select(same => ((double)same.Key, (IReadOnlyList<object>)[.. same])),
            ]);

    /// <summary>Runs that satisfy.</summary>
    public Filter Satisfies(Expression duration) => Each(limit => new Filter.Compare(duration, Comparison.LessOrEqual, limit));

    /// <summary>Runs that do not satisfy but are borne.</summary>
    public Filter IsBorne(Expression duration) =>
        Each(limit => new Filter.And([
            new Filter.Compare(duration, Comparison.Greater, limit),
            new Filter.Compare(duration, Comparison.LessOrEqual, Borne * limit),
        ]));

    /// <summary>Runs that took longer than anybody bears.</summary>
    public Filter Frustrates(Expression duration) =>
        Each(limit => new Filter.Compare(duration, Comparison.Greater, Borne * limit));

    Filter Each(Func<double, Filter> condition) =>
        _parts.Count == 1
            ? condition(_parts[0].Milliseconds)
            : new Filter.Or([
                .. _parts.Select(part => new Filter.And([new Filter.In(Project, part.Projects), condition(part.Milliseconds)])),
            ]);
}
