using System.Collections.Frozen;

namespace Tocsin.Server.Scrubbing;

/// <summary>Cookies by whose value one is logged in.</summary>
static class SessionCookies
{
    public const string Rule = SensitiveWords.Rule;

    static readonly FrozenSet<string> Names = new[]
    {
        "sentrysid",
        "sudo",
        "su",
        "session",
        "__session",
        "sessionid",
        "user_session",
        "symfony",
        "phpsessid",
        "fasthttpsessionid",
        "mysession",
        "irissessionid",
        "_vercel_jwt",
        "csrf",
        "xsrf",
        "_xsrf",
        "_csrf",
        "csrf-token",
        "csrf_token",
        "xsrf-token",
        "xsrf_token",
        "fastcsrf",
        "_iris_csrf",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>A <c>Set-Cookie</c> header or a cookie header as one text.</summary>
    public static bool IsIn(string header)
    {
        foreach (var part in header.AsSpan().Split(';'))
        {
            var cookie = header.AsSpan(part).Trim();
            var equals = cookie.IndexOf('=');
            if (equals > 0 && Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cookie[..equals]))
            {
                return true;
            }
        }
        return false;
    }
}
