using System.Globalization;
using Tocsin.Server.Errors.UserAgents;

namespace Tocsin.Server.Errors.Filters;

/// <summary>
/// Browsers a project no longer supports, by Sentry's sub-filters: a family below the version at which it became modern, or the older,
/// narrower names. Without a choice of sub-filters all of the families count.
/// </summary>
static class LegacyBrowserFilter
{
    static readonly (string Id, string Family, int From, int Below)[] SubFilters =
    [
        ("ie", "IE", 0, int.MaxValue),
        ("edge", "Edge", 0, 110),
        ("safari", "Safari", 0, 15),
        ("firefox", "Firefox", 0, 110),
        ("chrome", "Chrome", 0, 110),
        ("opera", "Opera", 0, 99),
        ("android", "Android", 0, 4),
        ("opera_mini", "Opera Mini", 0, 35),
        ("ie_pre_9", "IE", 0, 9),
        ("ie9", "IE", 9, 10),
        ("ie10", "IE", 10, 11),
        ("ie11", "IE", 11, 12),
        ("opera_pre_15", "Opera", 0, 15),
        ("android_pre_4", "Android", 0, 4),
        ("safari_pre_6", "Safari", 0, 6),
        ("opera_mini_pre_8", "Opera Mini", 0, 8),
        ("edge_pre_79", "Edge", 0, 79),
    ];

    static readonly string[] Families = ["ie", "edge", "safari", "firefox", "chrome", "opera", "android", "opera_mini"];

    public static bool Matches(FilterSubject subject)
    {
        if (subject.UserAgent is not { } agent || BrowserNames.Find(agent) is not { Version: { } version } browser)
        {
            return false;
        }
        if (!int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
        {
            return false;
        }
        var chosen = subject.Options.LegacyBrowsers is { Count: > 0 } some ? some : Families;
        return SubFilters.Any(filter =>
            filter.Family == browser.Name && major >= filter.From && major < filter.Below && chosen.Contains(filter.Id)
        );
    }
}
