using System.Globalization;

namespace Tocsin.Server.Releases;

/// <summary>
/// A release name read as <c>package@major.minor.patch.revision-prerelease+build</c>. Names that are no versions (commit hashes, dates with
/// letters) do not parse; they have an order only by when they were first seen.
/// </summary>
sealed record ReleaseVersion(string Package, IReadOnlyList<long> Numbers, string? Prerelease, string? Build)
    : IComparable<ReleaseVersion>
{
    /// <summary>What people read: the name behind its package.</summary>
    public static string Short(string release) => release[(release.LastIndexOf('@') + 1)..];

    /// <summary>What stands before the <c>@</c>, also of a name that is no version; empty where there is none.</summary>
    public static string PackageOf(string release) => release[..Math.Max(0, release.LastIndexOf('@'))];

    /// <summary>Null when the build is no number.</summary>
    public long? BuildNumber =>
        long.TryParse(Build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static ReleaseVersion? Parse(string release)
    {
        var version = Short(release);
        var build = CutOff(ref version, '+');
        var prerelease = CutOff(ref version, '-');
        var parts = version.Split('.');
        // A single number is more often a build counter or a hash than a version.
        if (parts.Length is < 2 or > 4)
        {
            return null;
        }
        var numbers = new long[4];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }
        return new(PackageOf(release), numbers, prerelease, build);
    }

    /// <summary>Semantic versioning's order; the build decides last. Comparing across packages means nothing.</summary>
    public int CompareTo(ReleaseVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        for (var i = 0; i < Numbers.Count; i++)
        {
            if (Numbers[i] != other.Numbers[i])
            {
                return Numbers[i].CompareTo(other.Numbers[i]);
            }
        }
        // Without a prerelease is later than with one.
        var prerelease = (Prerelease, other.Prerelease) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            var (mine, theirs) => CompareDotted(mine, theirs),
        };
        return prerelease != 0 ? prerelease : CompareDotted(Build ?? "", other.Build ?? "");
    }

    static string? CutOff(ref string version, char separator)
    {
        var at = version.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }
        var rest = version[(at + 1)..];
        version = version[..at];
        return rest;
    }

    static int CompareDotted(string mine, string theirs)
    {
        var (left, right) = (mine.Split('.'), theirs.Split('.'));
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var leftIsNumber = long.TryParse(left[i], NumberStyles.None, CultureInfo.InvariantCulture, out var leftNumber);
            var rightIsNumber = long.TryParse(right[i], NumberStyles.None, CultureInfo.InvariantCulture, out var rightNumber);
            var order = (leftIsNumber, rightIsNumber) switch
            {
                (true, true) => leftNumber.CompareTo(rightNumber),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(left[i], right[i]),
            };
            if (order != 0)
            {
                return order;
            }
        }
        return left.Length.CompareTo(right.Length);
    }
}
