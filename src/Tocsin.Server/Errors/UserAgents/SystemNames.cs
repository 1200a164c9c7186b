namespace Tocsin.Server.Errors.UserAgents;

static class SystemNames
{
    static readonly (string Mark, string Version)[] Windows =
    [
        ("Windows NT 10.0", "10"),
        ("Windows NT 6.3", "8.1"),
        ("Windows NT 6.2", "8"),
        ("Windows NT 6.1", "7"),
        ("Windows NT 6.0", "Vista"),
        ("Windows NT 5.1", "XP"),
    ];

    public static AgentPart? Find(string agent)
    {
        foreach (var (mark, version) in Windows)
        {
            if (agent.Has(mark))
            {
                return new("Windows", version);
            }
        }
        if (agent.Has("Windows Phone"))
        {
            return AgentText.Named("Windows Phone", agent.VersionAfter("Windows Phone "));
        }
        if (agent.Has("iPhone") || agent.Has("iPad") || agent.Has("iPod"))
        {
            return AgentText.Named("iOS", agent.VersionAfter("iPhone OS ", '_') ?? agent.VersionAfter("CPU OS ", '_'));
        }
        if (agent.Has("Android"))
        {
            return AgentText.Named("Android", agent.VersionAfter("Android "));
        }
        if (agent.Has("Mac OS X"))
        {
            return AgentText.Named("Mac OS X", agent.VersionAfter("Mac OS X ", agent.Has("Mac OS X 10.") ? '.' : '_'));
        }
        if (agent.Has("CrOS "))
        {
            return AgentText.Named("Chrome OS", agent.VersionAfter("CrOS x86_64 ") ?? agent.VersionAfter("CrOS aarch64 "));
        }
        return agent.Has("Ubuntu") ? AgentText.Named("Ubuntu", agent.VersionAfter("Ubuntu/"))
            : agent.Has("Fedora") ? AgentText.Named("Fedora", agent.VersionAfter("Fedora/"))
            : agent.Has("Windows") ? new("Windows")
            : agent.Has("Linux") || agent.Has("X11") ? new("Linux")
            : null;
    }
}
