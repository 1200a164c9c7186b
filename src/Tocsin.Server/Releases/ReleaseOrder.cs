namespace Tocsin.Server.Releases;

/// <summary>
/// Which releases are newer than which. A date that somebody stated stands. Of the others it is known only when their first event came, and
/// events can come late: a release was there, at the latest, when a later version of its package was.
/// </summary>
static class ReleaseOrder
{
    /// <summary>The place of each version among all of them; 0 is the oldest.</summary>
    public static IReadOnlyDictionary<string, int> Places(IEnumerable<ReleaseMoment> moments)
    {
        var releases = moments
            .GroupBy(moment => moment.Version)
            .Select(group => group.OrderByDescending(moment => moment.IsStated).ThenBy(moment => moment.Time).First())
            .Select(moment => (Moment: moment, Version: ReleaseVersion.Parse(moment.Version)))
            .ToList();
        var times = releases.ToDictionary(release => release.Moment.Version, release => release.Moment.Time);
        foreach (
            var package in releases.Where(release => release.Version is not null).GroupBy(release => release.Version!.Package)
        )
        {
            var latest = long.MaxValue;
            foreach (var (moment, _) in package.OrderByDescending(release => release.Version))
            {
                if (!moment.IsStated)
                {
                    times[moment.Version] = Math.Min(moment.Time, latest);
                }
                latest = Math.Min(latest, times[moment.Version]);
            }
        }
        return releases
            .OrderBy(release => times[release.Moment.Version])
            .ThenBy(release => release.Version?.Package, StringComparer.Ordinal)
            .ThenBy(release => release.Version)
            .Select((release, place) => (release.Moment.Version, place))
            .ToDictionary(release => release.Version, release => release.place);
    }
}

/// <summary>Time: microseconds since 1970 UTC. Stated: somebody said so, by a date of the release or a deploy.</summary>
sealed record ReleaseMoment(string Version, long Time, bool IsStated);
