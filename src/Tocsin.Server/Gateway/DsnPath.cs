using System.Text.RegularExpressions;

namespace Tocsin.Server.Gateway;

/// <summary>
/// A DSN may hold a path (<c>https://key@host/sentry/42</c>), which its client puts before ours: <c>/sentry/api/42/envelope/</c>. A proxy may take it
/// away, <c>TOCSIN_URL</c> may name it; where neither does, the door behind it is found all the same, because the client drops what it sent.
/// </summary>
static partial class DsnPath
{
    public static void UseDsnPath(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var request = http.Request;
                if (request.Path.Value is { } path && Length(path) is > 0 and var length)
                {
                    request.PathBase = request.PathBase.Add(path[..length]);
                    request.Path = path[length..];
                }
                return next(http);
            }
        );

    /// <summary>Of what stands before a door; 0: nothing does, or there is no door.</summary>
    static int Length(string path)
    {
        var at = path.LastIndexOf("/api/", StringComparison.OrdinalIgnoreCase);
        return at > 0 && Door().IsMatch(path.AsSpan(at)) ? at : 0;
    }

    [GeneratedRegex(
        "^/api/([0-9]+/(envelope|store|security|csp-report|nel|minidump|unreal|events|cron|otlp|integration)|store)(/|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Door();
}
