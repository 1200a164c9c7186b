using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.UserAgents;

/// <summary>One recognised part. Name is the family ("Chrome Mobile", "iOS", "iPhone"); Model and Brand are a device's.</summary>
sealed record AgentPart(string Name, string? Version = null, string? Model = null, string? Brand = null);

/// <summary>
/// What a User-Agent and its client hints tell, for the browsers, systems and devices people use. Unknown stays null: a wrong name is worse
/// than none. Plain searches only, so a hostile header costs no more than its length.
/// </summary>
sealed record UserAgent(AgentPart? Browser, AgentPart? System, AgentPart? Device)
{
    const int Longest = 2048;

    /// <param name="headers">In title case. Client hints are more exact than the frozen User-Agent and win.</param>
    /// <param name="connected">The header of the request that brought the event, where the event has none.</param>
    public static UserAgent? Of(IReadOnlyList<NameValue> headers, string? connected)
    {
        var text = Header(headers, "User-Agent") ?? connected;
        if (text is null or { Length: > Longest })
        {
            text = "";
        }
        var system = ClientHints.System(headers) ?? SystemNames.Find(text);
        var agent = new UserAgent(
            ClientHints.Browser(headers) ?? BrowserNames.Find(text),
            system,
            ClientHints.Device(headers) ?? DeviceNames.Find(text)
        );
        return agent is { Browser: null, System: null, Device: null } ? null : agent;
    }

    public static string? Header(IReadOnlyList<NameValue> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Name == name && !string.IsNullOrWhiteSpace(header.Value))
            {
                return header.Value;
            }
        }
        return null;
    }
}
