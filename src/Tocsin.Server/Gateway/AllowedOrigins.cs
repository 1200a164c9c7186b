namespace Tocsin.Server.Gateway;

/// <summary>
/// Whether a project takes what a browser at some origin sends. Entries: <c>*</c>, <c>example.com</c> (this host, any scheme and
/// port), <c>*.example.com</c> (the domain and all below it), <c>https://example.com</c>, <c>example.com:8080</c>.
/// </summary>
static class AllowedOrigins
{
    /// <param name="origin">Null: no browser, or one that does not tell: nothing to check.</param>
    public static bool Allows(IReadOnlyList<string> domains, string? origin)
    {
        if (origin is null || domains.Contains("*"))
        {
            return true;
        }
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri))
        {
            return domains.Contains(origin);
        }
        foreach (var domain in domains)
        {
            if (Matches(domain.Trim(), uri))
            {
                return true;
            }
        }
        return false;
    }

    static bool Matches(ReadOnlySpan<char> domain, Uri origin)
    {
        if (domain.IndexOf("://") is >= 0 and var colon)
        {
            if (!domain[..colon].Equals(origin.Scheme, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
            domain = domain[(colon + 3)..];
        }
        domain = domain.TrimEnd('/');
        var host = domain.LastIndexOf(':') > domain.LastIndexOf(']') ? origin.Authority : origin.Host;
        if (!domain.StartsWith("*."))
        {
            return domain.Equals(host, StringComparison.OrdinalIgnoreCase);
        }
        return host.AsSpan().Equals(domain[2..], StringComparison.OrdinalIgnoreCase)
            || host.AsSpan().EndsWith(domain[1..], StringComparison.OrdinalIgnoreCase);
    }
}
