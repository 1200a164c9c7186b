using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.UserAgents;

/// <summary>The <c>Sec-CH-UA</c> headers, in title case here: <c>"Chromium";v="131", "Google Chrome";v="131", "Not A Brand";v="24"</c>.</summary>
static class ClientHints
{
    // The names as User-Agents have them, so that both sources count as one browser. The engine's own name counts when no other is there.
    static readonly (string Brand, string Name)[] Brands =
    [
        ("Google Chrome", "Chrome"),
        ("Microsoft Edge", "Edge"),
        ("Opera", "Opera"),
        ("Brave", "Brave"),
        ("Samsung Internet", "Samsung Internet"),
        ("Vivaldi", "Vivaldi"),
        ("YaBrowser", "Yandex Browser"),
        ("HeadlessChrome", "HeadlessChrome"),
        ("Chromium", "Chromium"),
    ];

    public static AgentPart? Browser(IReadOnlyList<NameValue> headers)
    {
        var list = UserAgent.Header(headers, "Sec-Ch-Ua-Full-Version-List") ?? UserAgent.Header(headers, "Sec-Ch-Ua");
        foreach (var (brand, name) in list is null or { Length: > 1024 } ? [] : Brands)
        {
            if (list!.VersionAfter($"\"{brand}\";v=\"") is { } version)
            {
                var isMobile = name == "Chrome" && UserAgent.Header(headers, "Sec-Ch-Ua-Mobile") == "?1";
                return AgentText.Named(isMobile ? "Chrome Mobile" : name, version);
            }
        }
        return null;
    }

    public static AgentPart? System(IReadOnlyList<NameValue> headers)
    {
        var platform = Unquoted(headers, "Sec-Ch-Ua-Platform");
        var version = Unquoted(headers, "Sec-Ch-Ua-Platform-Version");
        // Without the version the User-Agent says as much or more.
        return platform is null || version is null
            ? null
            : AgentText.Named(platform, platform == "Windows" ? WindowsRelease(version) : version);
    }

    public static AgentPart? Device(IReadOnlyList<NameValue> headers) =>
        Unquoted(headers, "Sec-Ch-Ua-Model") is { } model ? new(model, Model: model) : null;

    // Microsoft's numbers in this header: 13 and up is Windows 11, 1 to 10 is Windows 10.
    static string WindowsRelease(string version) =>
        int.TryParse(version.Split('.')[0], out var major)
            ? major >= 13
                ? "11"
                : major >= 1
                    ? "10"
                    : "8"
            : version;

    static string? Unquoted(IReadOnlyList<NameValue> headers, string name) =>
        UserAgent.Header(headers, name)?.Trim().Trim('"') is { Length: > 0 and <= 128 } value ? value : null;
}
