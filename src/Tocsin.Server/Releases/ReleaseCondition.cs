using System.Globalization;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Releases;

/// <summary>Whether a release is one that a search means by its package, its version or its build.</summary>
static class ReleaseCondition
{
    public static bool IsMet(string key, ReleaseVersion version, SearchOperator comparison, SearchValue value) =>
        key switch
        {
            "release.package" => Is(comparison, string.Equals(version.Package, value.Literal, StringComparison.Ordinal)),
            "release.build" => HasBuild(version, comparison, value),
            _ => HasVersion(version, comparison, value),
        };

    /// <summary><c>1.2.*</c> is any version that begins so; a package before it must be the release's.</summary>
    static bool HasVersion(ReleaseVersion version, SearchOperator comparison, SearchValue value)
    {
        var at = value.Text.LastIndexOf('@');
        if (at >= 0 && value.Text[..at] != version.Package)
        {
            return false;
        }
        var text = value.Text[(at + 1)..];
        if (text.EndsWith(".*", StringComparison.Ordinal))
        {
            var begin = text[..^2].Split('.');
            return Is(
                comparison,
                begin.Length <= version.Numbers.Count
                    && begin.Select((part, place) => (part, place)).All(pair => IsNumber(pair.part, version.Numbers[pair.place]))
            );
        }
        // A single number names no version elsewhere; here 2 is 2.0.
        var asked = ReleaseVersion.Parse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0");
        return asked is not null && Compares(comparison, Order(version, asked));
    }

    static int Order(ReleaseVersion version, ReleaseVersion asked) =>
        // A search without a build means all of them.
        (asked.Build is null ? version with { Build = null } : version).CompareTo(asked);

    static bool HasBuild(ReleaseVersion version, SearchOperator comparison, SearchValue value)
    {
        if (version.Build is not { } build)
        {
            return false;
        }
        return
            version.BuildNumber is { } number
            && long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Compares(comparison, number.CompareTo(asked))
            : Is(comparison, build == value.Literal);
    }

    static bool IsNumber(string text, long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed == number;

    static bool Is(SearchOperator comparison, bool equal) => comparison == SearchOperator.NotEqual ? !equal : equal;

    static bool Compares(SearchOperator comparison, int order) =>
        comparison switch
        {
            SearchOperator.NotEqual => order != 0,
            SearchOperator.Less => order < 0,
            SearchOperator.LessOrEqual => order <= 0,
            SearchOperator.Greater => order > 0,
            SearchOperator.GreaterOrEqual => order >= 0,
            _ => order == 0,
        };
}
