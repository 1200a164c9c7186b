using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access;

/// <summary>What a request shows about who sends it.</summary>
abstract record Presented
{
    Presented() { }

    public sealed record Nothing : Presented;

    public sealed record Known(Caller Caller) : Presented;

    /// <summary>Something was shown, and it is not valid: never treated as if it were absent.</summary>
    public sealed record Wrong(string Detail) : Presented;
}

/// <summary>
/// Reads the <c>Authorization</c> header (<c>Bearer</c>, or Sentry's older <c>Token</c>), else the session cookie.
/// A DSN or a Basic header proves nothing here.
/// </summary>
sealed class Credentials(ApiTokens tokens, BrowserSessions sessions)
{
    public async Task<Presented> ReadAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            return Bearer(header) is { } token
                ? await tokens.FindAsync(token, context.RequestAborted)
                : new Presented.Wrong(ApiError.BadToken);
        }
        // A session that ended is no mistake of the page's: it asks for a new login.
        return
            context.Request.Cookies[BrowserSessions.Cookie] is { Length: > 0 } cookie
            && await sessions.FindAsync(cookie, context.RequestAborted) is { } session
            ? new Presented.Known(session)
            : new Presented.Nothing();
    }

    static string? Bearer(string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return null;
        }
        var scheme = header.AsSpan(0, space);
        var known =
            scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || scheme.Equals("Token", StringComparison.OrdinalIgnoreCase);
        var token = header[(space + 1)..].Trim();
        return known && token.Length > 0 ? token : null;
    }
}
