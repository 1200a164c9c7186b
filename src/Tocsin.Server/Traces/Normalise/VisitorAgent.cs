using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.UserAgents;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>What a User-Agent says, as the columns of a span want it. A client's spans all bring the same one, so the last is remembered.</summary>
sealed record VisitorAgent(string? Browser, string? BrowserVersion, string? Os, string? Device)
{
    static readonly VisitorAgent Unknown = new(null, null, null, null);

    [ThreadStatic]
    static (string Text, VisitorAgent Agent) last;

    public static VisitorAgent Of(string? text)
    {
        if (text is null)
        {
            return Unknown;
        }
        if (last.Text == text)
        {
            return last.Agent;
        }
        var read = UserAgent.Of([new NameValue("User-Agent", text)], null);
        var agent = read is null
            ? Unknown
            : new(read.Browser?.Name, read.Browser?.Version, read.System?.Name, read.Browser is null ? null : DeviceClass(text));
        last = (text, agent);
        return agent;
    }

    /// <summary><c>desktop</c>, <c>mobile</c> or <c>tablet</c>.</summary>
    public static string DeviceClass(string agent) =>
        Has(agent, "iPad") || Has(agent, "Tablet") || (Has(agent, "Android") && !Has(agent, "Mobile")) ? "tablet"
        : Has(agent, "Mobi") || Has(agent, "iPhone") ? "mobile"
        : "desktop";

    static bool Has(string agent, string part) => agent.Contains(part, StringComparison.Ordinal);
}
