using System.Text.RegularExpressions;

namespace Tocsin.Server.Errors.Filters;

static partial class CrawlerFilter
{
    public static bool Matches(FilterSubject subject) =>
        subject.UserAgent is { Length: <= 4096 } agent && Crawler.IsMatch(agent) && !Welcome.IsMatch(agent);

    [GeneratedRegex(
        """
            Mediapartners-Google|AdsBot-Google|Googlebot|FeedFetcher-Google
            |BingBot|BingPreview|Baiduspider|Slurp|Sogou|facebook|ia_archiver
            |bots?[/\s);]|spider[/\s);]
            |Slack|Calypso[ ]AppCrawler|pingdom|lyticsbot|AWS[ ]Security[ ]Scanner|HubSpot[ ]Crawler|Bytespider|Better[ ]Uptime
            """,
        RegexOptions.NonBacktracking
            | RegexOptions.IgnoreCase
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.CultureInvariant
    )]
    static partial Regex Crawler { get; }

    // It fetches on behalf of a person who pastes a link.
    [GeneratedRegex(@"Slackbot\s1\.", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex Welcome { get; }
}
