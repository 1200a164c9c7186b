using System.Text.Json.Serialization;
using Tocsin.Server.Releases;

namespace Tocsin.Server.Issues;

/// <summary>When a new event opens a resolved issue again: always, unless it was resolved in a release that the event does not outgrow.</summary>
static class Regression
{
    /// <param name="details">How the issue was resolved.</param>
    /// <param name="resolvedAt">Microseconds since 1970 UTC.</param>
    /// <param name="release">The event's; null when it names none.</param>
    /// <param name="releases">The project's releases by when they were first seen, without this batch's new ones.</param>
    public static bool Reopens(
        StatusDetails details,
        long resolvedAt,
        string? release,
        IReadOnlyDictionary<string, long> releases
    )
    {
        if (!details.IsReleaseBound)
        {
            return true;
        }
        var bound = details.InRelease is { } named and not "latest" ? named : LatestAt(resolvedAt, release, releases);
        if (release is null)
        {
            // In a project with versions the event says nothing about the fix; elsewhere it is better to look.
            return bound is null || ReleaseVersion.Parse(bound) is null;
        }
        return bound is null ? FirstSeen(release, releases) > resolvedAt : IsNewer(release, bound, resolvedAt, releases);
    }

    static bool IsNewer(string release, string bound, long resolvedAt, IReadOnlyDictionary<string, long> releases)
    {
        if (release == bound)
        {
            return false;
        }
        if (
            ReleaseVersion.Parse(release) is { } mine
            && ReleaseVersion.Parse(bound) is { } theirs
            && mine.Package == theirs.Package
        )
        {
            return mine.CompareTo(theirs) > 0;
        }
        // A release that no event has named yet cannot be older than one that was there at the time.
        return FirstSeen(release, releases) > (releases.TryGetValue(bound, out var seen) ? seen : resolvedAt);
    }

    /// <summary>The release that was the latest when the issue was resolved: by version within the event's package, else by time.</summary>
    static string? LatestAt(long resolvedAt, string? release, IReadOnlyDictionary<string, long> releases)
    {
        var known = releases.Where(pair => pair.Value <= resolvedAt).ToList();
        var package = release is null ? null : ReleaseVersion.Parse(release)?.Package;
        var version = known
            .Select(pair => (Name: pair.Key, Version: ReleaseVersion.Parse(pair.Key)))
            .Where(pair => pair.Version is not null && (package is null || pair.Version.Package == package))
            .MaxBy(pair => pair.Version);
        return version.Name ?? known.MaxBy(pair => pair.Value).Key;
    }

    static long FirstSeen(string release, IReadOnlyDictionary<string, long> releases) =>
        releases.TryGetValue(release, out var seen) ? seen : long.MaxValue;
}

/// <summary>What the activity <c>set_regression</c> tells; names are Sentry's.</summary>
sealed record RegressionNote([property: JsonPropertyName("event_id")] string EventId, string? Version);
