namespace Tocsin.Server.Gateway;

/// <summary>
/// A DSN with one slash too many (<c>https://key@host//42</c>) makes its client send to <c>//api/42/…</c>. Proxies that people put before such
/// servers fold the slashes; who has none gets the same.
/// </summary>
static class SingleSlashes
{
    public static void UseSingleSlashes(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (http.Request.Path.Value is { } path && path.Contains("//", StringComparison.Ordinal))
                {
                    http.Request.Path = Fold(path);
                }
                return next(http);
            }
        );

    static string Fold(string path)
    {
        var folded = new System.Text.StringBuilder(path.Length);
        foreach (var letter in path)
        {
            if (letter != '/' || folded.Length == 0 || folded[^1] != '/')
            {
                folded.Append(letter);
            }
        }
        return folded.ToString();
    }
}
