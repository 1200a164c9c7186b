namespace Tocsin.Server.Errors.Filters;

/// <summary>Development machines: the visitor's address, the page's host, or the host the server was asked for.</summary>
static class LocalhostFilter
{
    public static bool Matches(FilterSubject subject) =>
        IsLocalAddress(subject.Event.User?.IpAddress)
        || IsLocalAddress(subject.ClientAddress)
        || IsLocalHost(Uri.TryCreate(subject.Event.Request?.Url, UriKind.Absolute, out var url) ? url.Host : null)
        || IsLocalHost(HostOnly(subject.Header("Host")))
        || IsLocalHost(HostOnly(subject.Header("X-Forwarded-Host")));

    static bool IsLocalAddress(string? address) => address is "127.0.0.1" or "::1";

    static bool IsLocalHost(string? host) =>
        host is not null
        && (
            host is "127.0.0.1" or "::1" or "[::1]"
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        );

    static string? HostOnly(string? header)
    {
        var host = header?.Split(',')[0].Trim();
        var colon = host?.LastIndexOf(':') ?? -1;
        return host is null || colon < 0 || host.EndsWith(']') ? host : host[..colon];
    }
}
