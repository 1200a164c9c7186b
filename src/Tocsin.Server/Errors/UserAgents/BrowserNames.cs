namespace Tocsin.Server.Errors.UserAgents;

static class BrowserNames
{
    // Everyone claims to be everyone before them, so the more special mark stands first.
    static readonly (string Mark, string Name)[] Marks =
    [
        ("Electron/", "Electron"),
        ("EdgA/", "Edge Mobile"),
        ("EdgiOS/", "Edge Mobile"),
        ("Edg/", "Edge"),
        ("Edge/", "Edge"),
        ("OPiOS/", "Opera Mini"),
        ("Opera Mini/", "Opera Mini"),
        ("OPR/", "Opera"),
        ("OPT/", "Opera Touch"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("YaBrowser/", "Yandex Browser"),
        ("Vivaldi/", "Vivaldi"),
        ("UCBrowser/", "UC Browser"),
        ("MiuiBrowser/", "MiuiBrowser"),
        ("HuaweiBrowser/", "Huawei Browser"),
        ("DuckDuckGo/", "DuckDuckGo"),
        ("FBAV/", "Facebook"),
        ("Instagram ", "Instagram"),
        ("FxiOS/", "Firefox iOS"),
        ("CriOS/", "Chrome Mobile iOS"),
        ("GSA/", "Google"),
        ("HeadlessChrome/", "HeadlessChrome"),
    ];

    public static AgentPart? Find(string agent)
    {
        foreach (var (mark, name) in Marks)
        {
            if (agent.VersionAfter(mark) is { } version)
            {
                return AgentText.Named(name, version);
            }
        }
        var isMobile = agent.Has("Mobile");
        if (agent.VersionAfter("Firefox/") is { } firefox)
        {
            return AgentText.Named(isMobile || agent.Has("Tablet") ? "Firefox Mobile" : "Firefox", firefox);
        }
        if (agent.VersionAfter("Chrome/") is { } chrome)
        {
            return AgentText.Named(
                agent.Has("; wv)") ? "Chrome Mobile WebView"
                    : isMobile ? "Chrome Mobile"
                    : "Chrome",
                chrome
            );
        }
        if (agent.Has("Android") && agent.VersionAfter("Version/") is { } android)
        {
            return AgentText.Named("Android", android);
        }
        if (agent.Has("Safari/") && agent.VersionAfter("Version/") is { } safari)
        {
            return AgentText.Named(isMobile ? "Mobile Safari" : "Safari", safari);
        }
        if (agent.Has("iPhone") || agent.Has("iPad"))
        {
            return agent.Has("AppleWebKit/") ? new("Mobile Safari UI/WKWebView") : null;
        }
        if (agent.VersionAfter("MSIE ") is { } explorer)
        {
            return AgentText.Named("IE", explorer);
        }
        if (agent.Has("Trident/"))
        {
            return AgentText.Named("IE", agent.VersionAfter("rv:"));
        }
        return agent.StartsWith("Opera/", StringComparison.Ordinal)
            ? AgentText.Named("Opera", agent.VersionAfter("Version/") ?? agent.VersionAfter("Opera/"))
            : null;
    }
}
