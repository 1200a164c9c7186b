namespace Tocsin.Server.Errors.Filters;

/// <summary>
/// Events a project does not want, by Sentry's ids, which are the outcome's reason. The first that matches names the outcome.
/// <c>filtered-transaction</c> (health checks) is not in the list: an error in a health check is an error.
/// </summary>
static class InboundFilters
{
    static readonly (string Id, Func<FilterSubject, bool> Matches)[] All =
    [
        ("ip-address", AddressFilter.Matches),
        ("release-version", ReleaseFilter.Matches),
        ("error-message", ErrorMessageFilter.Matches),
        ("localhost", LocalhostFilter.Matches),
        ("browser-extensions", BrowserExtensionFilter.Matches),
        ("legacy-browsers", LegacyBrowserFilter.Matches),
        ("web-crawlers", CrawlerFilter.Matches),
        ("invalid-csp", InvalidCspFilter.Matches),
        ("react-hydration-errors", HydrationFilter.Matches),
        ("chunk-load-error", ChunkLoadFilter.Matches),
    ];

    /// <summary>On by what they are given, not by a switch.</summary>
    static readonly HashSet<string> ByList = ["ip-address", "release-version", "error-message"];

    /// <summary>The id of the filter that takes the event out; null: none.</summary>
    public static string? Find(FilterSubject subject)
    {
        foreach (var (id, matches) in All)
        {
            if ((ByList.Contains(id) || subject.Options.Filters.Contains(id)) && matches(subject))
            {
                return id;
            }
        }
        return null;
    }
}
