using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// How long a run may take to satisfy its user, in milliseconds: one for all, or each project's own, and of some transactions one of theirs.
/// Up to four times as long is borne.
/// </summary>
sealed class ApdexThreshold
{
    const double Borne = 4;

    static readonly Expression Project = new Expression.Field("project.id");
    static readonly Expression Transaction = new Expression.Field("transaction");

    ApdexThreshold(IReadOnlyList<ApdexPart> parts) => Parts = parts;

    /// <summary>Each run is of one of them.</summary>
    public IReadOnlyList<ApdexPart> Parts { get; }

    public static ApdexThreshold Usual { get; } = Of(ProjectOptions.Default.ApdexThreshold);

    public static ApdexThreshold Of(double milliseconds) => new([new(milliseconds, null)]);

    public static ApdexThreshold Of(IReadOnlyCollection<ProjectSnapshot> projects)
    {
        var simple = projects
            .Where(project => project.Options.TransactionThresholds.Count == 0)
            .GroupBy(project => project.Options.ApdexThreshold, project => (object)project.Id)
            .Select(same => (Milliseconds: same.Key, Runs: (Filter)new Filter.In(Project, [.. same])));
        var others = projects.Where(project => project.Options.TransactionThresholds.Count > 0).SelectMany(PartsOf);
        var parts = simple.Concat(others).ToLookup(part => part.Milliseconds, part => part.Runs);
        return parts.Count switch
        {
            0 => Usual,
            1 => Of(parts.Single().Key),
            _ => new([.. parts.Select(same => new ApdexPart(same.Key, new Filter.Or([.. same])))]),
        };
    }

    /// <summary>Of one transaction of these projects.</summary>
    public static ApdexThreshold Of(IEnumerable<ProjectSnapshot> projects, string transaction) =>
        Of([.. projects.Select(project => project with { Options = project.Options.Of(transaction) })]);

    /// <summary>Transactions with a threshold of their own, and all others.</summary>
    static IEnumerable<(int Milliseconds, Filter Runs)> PartsOf(ProjectSnapshot project)
    {
        var ofProject = new Filter.Compare(Project, Comparison.Equal, project.Id);
        var own = project.Options.TransactionThresholds;
        var others = new Filter.Not(new Filter.In(Transaction, [.. own.Keys]));
        return own.GroupBy(one => one.Value.Milliseconds, one => (object)one.Key)
            .Select(same => (same.Key, (Filter)new Filter.And([ofProject, new Filter.In(Transaction, [.. same])])))
            .Append((project.Options.ApdexThreshold, new Filter.And([ofProject, others])));
    }

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
        Parts.Count == 1
            ? condition(Parts[0].Milliseconds)
            : new Filter.Or([.. Parts.Select(part => new Filter.And([part.Runs!, condition(part.Milliseconds)]))]);
}

/// <summary>Runs that are judged by one threshold, in milliseconds. Runs: null where there is one part, of all.</summary>
readonly record struct ApdexPart(double Milliseconds, Filter? Runs);
