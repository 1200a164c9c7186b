using Dapper;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Sessions;

/// <summary>
/// Logged-in browsers. The cookie holds nothing but a secret; what it stands for is a row, so ending a session works at once and
/// everywhere. A session ends after two weeks without use, and after 90 days in any case.
/// </summary>
sealed class BrowserSessions(MetadataDb db, ServerOptions options, TimeProvider time)
{
    public const string Cookie = "tocsin_session";
    public const string AntiforgeryCookie = "tocsin_csrf";

    static readonly long Idle = Microseconds.From(TimeSpan.FromDays(14));
    static readonly long Longest = Microseconds.From(TimeSpan.FromDays(90));

    // Use is noted at most this often: a page makes many requests.
    static readonly long NoteEvery = Microseconds.From(TimeSpan.FromMinutes(1));

    /// <summary>Starts a session and ends the one that the browser had, so that nobody can plant one to be logged in.</summary>
    public async Task StartAsync(HttpContext context, long userId)
    {
        var secret = Secret.New();
        var now = Microseconds.Now(time);
        var former = context.Request.Cookies[Cookie];
        await db.WriteAsync(
            async transaction =>
            {
                if (former is not null)
                {
                    await transaction.ExecuteAsync(
                        "DELETE FROM sessions WHERE token_hash = @hash",
                        new { hash = Secret.Hash(former) }
                    );
                }
                await transaction.ExecuteAsync("DELETE FROM sessions WHERE expires < @now", new { now });
                await transaction.ExecuteAsync(
                    """
                    INSERT INTO sessions (token_hash, user_id, created, last_seen, expires, ip, user_agent)
                    VALUES (@hash, @userId, @now, @now, @expires, @ip, @agent)
                    """,
                    new
                    {
                        hash = Secret.Hash(secret),
                        userId,
                        now,
                        expires = now + Idle,
                        ip = context.Connection.RemoteIpAddress?.ToString(),
                        agent = Shortened(context.Request.Headers.UserAgent.ToString()),
                    }
                );
                await transaction.ExecuteAsync("UPDATE users SET last_login = @now WHERE id = @userId", new { now, userId });
            },
            context.RequestAborted
        );
        Give(context, Cookie, secret, readable: false);
        Give(context, AntiforgeryCookie, Antiforgery(secret), readable: true);
    }

    public async Task<Caller.Session?> FindAsync(string secret, CancellationToken cancellation)
    {
        var now = Microseconds.Now(time);
        await using var connection = await db.OpenAsync(cancellation);
        var row = await connection.QueryFirstOrDefaultAsync<SessionRow>(
            """
            SELECT s.id, s.user_id, s.created, s.last_seen, s.expires
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.token_hash = @hash AND u.is_active = 1
            """,
            new { hash = Secret.Hash(secret) }
        );
        if (row is null || row.Expires <= now)
        {
            return null;
        }
        if (now - row.LastSeen >= NoteEvery)
        {
            await db.NoteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        "UPDATE sessions SET last_seen = @now, expires = @expires WHERE id = @Id",
                        new
                        {
                            now,
                            expires = Math.Min(now + Idle, row.Created + Longest),
                            row.Id,
                        }
                    ),
                cancellation
            );
        }
        return new(row.Id, row.UserId, Antiforgery(secret));
    }

    public async Task<IReadOnlyList<BrowserSession>> OfUserAsync(long userId, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var sessions = await connection.QueryAsync<BrowserSession>(
            """
            SELECT id, created, last_seen, expires, ip, user_agent FROM sessions
            WHERE user_id = @userId AND expires > @now ORDER BY last_seen DESC, id DESC
            """,
            new { userId, now = Microseconds.Now(time) }
        );
        return sessions.AsList();
    }

    /// <summary>False: the user has no such session.</summary>
    public Task<bool> EndAsync(long userId, long sessionId, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    "DELETE FROM sessions WHERE id = @sessionId AND user_id = @userId",
                    new { sessionId, userId }
                ) > 0,
            cancellation
        );

    /// <summary>All sessions of a user but the one that asks; after a change of password nobody else stays in.</summary>
    public static Task EndOthersAsync(MetadataTransaction transaction, long userId, long? keep) =>
        transaction.ExecuteAsync(
            "DELETE FROM sessions WHERE user_id = @userId AND id <> @keep",
            new { userId, keep = keep ?? 0 }
        );

    public void Forget(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie, Settings(readable: false));
        context.Response.Cookies.Delete(AntiforgeryCookie, Settings(readable: true));
    }

    /// <summary>Pages that lost the readable cookie get it again with their first question.</summary>
    public void GiveAntiforgery(HttpContext context, Caller.Session session)
    {
        if (context.Request.Cookies[AntiforgeryCookie] != session.Antiforgery)
        {
            Give(context, AntiforgeryCookie, session.Antiforgery, readable: true);
        }
    }

    // Another hash of the secret than the stored one: neither gives away the cookie or the other.
    static string Antiforgery(string secret) => Secret.Hash($"antiforgery:{secret}");

    void Give(HttpContext context, string name, string value, bool readable) =>
        context.Response.Cookies.Append(name, value, Settings(readable));

    CookieOptions Settings(bool readable) =>
        new()
        {
            HttpOnly = !readable,
            SameSite = SameSiteMode.Lax,
            Secure = options.Url.Scheme == Uri.UriSchemeHttps,
            Path = "/",
            MaxAge = TimeSpan.FromTicks(Longest * TimeSpan.TicksPerMicrosecond),
            IsEssential = true,
        };

    static string Shortened(string text) => text.Length <= 300 ? text : text[..300];

    sealed record SessionRow
    {
        public long Id { get; init; }
        public long UserId { get; init; }
        public long Created { get; init; }
        public long LastSeen { get; init; }
        public long Expires { get; init; }
    }
}

sealed record BrowserSession
{
    public long Id { get; init; }
    public long Created { get; init; }
    public long LastSeen { get; init; }
    public long Expires { get; init; }
    public string? Ip { get; init; }
    public string? UserAgent { get; init; }
}
