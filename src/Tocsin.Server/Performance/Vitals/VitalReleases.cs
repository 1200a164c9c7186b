using Tocsin.Server.Api;
using Tocsin.Server.Releases;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// What each release did to the vitals, held against the release before it of the same package and project. Page loads name their release, so that
/// those of people who still have the old one open do not blur the new one.
/// </summary>
sealed class VitalReleases(TelemetryStore telemetry, ReleaseQueries releases)
{
    const int MostReleases = 100;

    static readonly Expression[] Keys = [SpanField.ProjectId, SpanField.Release];

    static readonly Selected[] Columns =
    [
        new("project", SpanField.ProjectId),
        new("release", SpanField.Release),
        new("weight", new Expression.Aggregate(AggregateKind.Avg, SpanField.Weight)),
        .. Vital.All.SelectMany(Measures),
    ];

    public async Task<VitalReleasesShape> OfAsync(SpanScope scope, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            scope.And(VitalField.Any, new Filter.Has(SpanField.Release)).Query(Columns) with
            {
                GroupBy = Keys,
                OrderBy = [new(Expression.Count, true), .. Keys.Select(key => new Ordering(key, false))],
                Limit = MostReleases,
            },
            cancellation
        );
        var found = result.Rows.Select(row => Read(new(row))).ToList();
        var dates = await releases.DatesAsync(
            found.Select(release => release.ProjectId).Distinct(),
            found.Select(release => release.Version).Distinct(),
            cancellation
        );
        var notes = AnswerNotes.Of(result);
        return new()
        {
            Releases =
            [
                .. found
                    .GroupBy(release => release.ProjectId)
                    .OrderBy(project => scope.SlugOf(project.Key), StringComparer.Ordinal)
                    .SelectMany(project =>
                        Compared(scope.SlugOf(project.Key), [.. project], dates.Where(date => date.ProjectId == project.Key))
                    ),
            ],
            Sampled = notes.Sampled,
            Partial = notes.Partial,
        };
    }

    /// <summary>Those of one project, the newest first. Of a release that nobody made known it is unknown which came before.</summary>
    static IEnumerable<VitalReleaseShape> Compared(
        string project,
        IReadOnlyList<VitalRelease> found,
        IEnumerable<ReleaseDates> dates
    )
    {
        var places = ReleaseOrder.Places(dates.SelectMany(date => date.Moments));
        var ordered = found
            .Where(release => places.ContainsKey(release.Version))
            .OrderByDescending(release => places[release.Version])
            .ToList();
        return ordered.Select((release, at) => VitalReleaseShape.Of(project, release, Before(release, ordered.Skip(at + 1))));
    }

    /// <param name="earlier">The newest first.</param>
    static VitalRelease? Before(VitalRelease release, IEnumerable<VitalRelease> earlier)
    {
        var package = ReleaseVersion.PackageOf(release.Version);
        return earlier.FirstOrDefault(other =>
            ReleaseVersion.PackageOf(other.Version) == package && other.Sides.Any(side => side.Seen >= VitalChangeRule.LeastLoads)
        );
    }

    static IEnumerable<Selected> Measures(Vital vital)
    {
        var value = VitalField.Of(vital);
        yield return new($"{vital.Name}.count", new Expression.Aggregate(AggregateKind.Count, value));
        yield return new($"{vital.Name}.p75", new Expression.Quantile(value, 0.75));
        yield return new($"{vital.Name}.values", new Expression.Spread(value));
    }

    static VitalRelease Read(Cells cells)
    {
        var (project, version) = (cells.Number(), cells.Text() ?? "");
        // The mean is weighted too, so that rows of different weights count as what they are worth.
        var weight = Math.Max(1, cells.Real());
        List<(long Count, VitalSide Side)> told = [.. Vital.All.Select(_ => ReadOne(cells, weight))];
        return new(project, version, told.Max(one => one.Count), [.. told.Select(one => one.Side)]);
    }

    static (long Count, VitalSide Side) ReadOne(Cells cells, double weight)
    {
        var count = cells.Number();
        return (count, VitalSide.Of(count / weight, cells.MaybeReal(), cells.Spread()));
    }
}
