namespace Tocsin.Server.Errors.Filters;

static class ReleaseFilter
{
    public static bool Matches(FilterSubject subject) =>
        subject.Event.Release is { } release
        && subject.Options.FilteredReleases.Any(pattern => Glob.Text(pattern, ignoreCase: true).Matches(release));
}
