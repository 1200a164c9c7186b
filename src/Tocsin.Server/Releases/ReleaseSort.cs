namespace Tocsin.Server.Releases;

/// <summary>An order of the list of releases, by the name that Sentry's API has for it.</summary>
static class ReleaseSort
{
    /// <summary>The latest first; without another order.</summary>
    public const string Date = "date";

    /// <summary>The highest version first. Names that are no versions are left out.</summary>
    const string Semver = "semver";

    /// <summary>The highest build first. Versions without the number of a build are left out.</summary>
    const string Build = "build";

    public static IReadOnlyList<string> Names { get; } = [Date, Semver, Build];

    /// <summary>These releases by <see cref="Semver"/> or <see cref="Build"/>.</summary>
    public static IEnumerable<string> Sort(string sort, IEnumerable<string> releases)
    {
        var versions = releases
            .Select(name => (Name: name, Version: ReleaseVersion.Parse(name)))
            .Where(release => release.Version is not null);
        var sorted =
            sort == Build
                ? versions
                    .Where(release => release.Version!.BuildNumber is not null)
                    .OrderByDescending(release => release.Version!.BuildNumber)
                : versions.OrderByDescending(release => release.Version);
        return sorted.ThenBy(release => release.Name, StringComparer.Ordinal).Select(release => release.Name);
    }
}
