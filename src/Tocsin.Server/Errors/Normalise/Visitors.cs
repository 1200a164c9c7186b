using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.UserAgents;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Browser, system and device from the request's User-Agent. In a browser event they are the program's own; in a server's event the
/// visitor's, so the system is called <c>client_os</c>. What the client said itself is never overwritten.
/// </summary>
static class Visitors
{
    /// <summary>Of a header that is worth keeping.</summary>
    const int Longest = 2048;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        e = around.IsSecurityReport ? WithSender(e, around) : e;
        var isBrowser = e.Platform == "javascript" || around.IsSecurityReport;
        var agent = UserAgent.Of(e.Request?.Headers ?? [], isBrowser ? around.UserAgent : null);
        if (agent is null)
        {
            return e;
        }
        var contexts = (JsonObject?)e.Contexts?.DeepClone() ?? [];
        var before = contexts.Count;
        Add(contexts, "browser", agent.Browser);
        Add(contexts, isBrowser ? "os" : "client_os", agent.System);
        Add(contexts, isBrowser ? "device" : "client_device", agent.Device);
        return contexts.Count == before ? e : e with { Contexts = contexts };
    }

    /// <summary>No client describes the request of a browser's own report; who sent it is the visitor, also for the filters.</summary>
    static ErrorEvent WithSender(ErrorEvent e, Circumstances around)
    {
        var request = e.Request ?? new();
        if (around.UserAgent is not { Length: <= Longest } agent || UserAgent.Header(request.Headers, "User-Agent") is not null)
        {
            return e;
        }
        var hints = (around.ClientHints ?? new Dictionary<string, string>())
            .Where(hint => hint.Value.Length <= Longest)
            .OrderBy(hint => hint.Key, StringComparer.Ordinal);
        return e with
        {
            Request = request with
            {
                Headers =
                [
                    .. request.Headers,
                    new("User-Agent", agent),
                    .. hints.Select(hint => new NameValue(Requests.TitleCase(hint.Key), hint.Value)),
                ],
            },
        };
    }

    static void Add(JsonObject contexts, string name, AgentPart? part)
    {
        if (part is null || contexts.ContainsKey(name))
        {
            return;
        }
        var isDevice = name.EndsWith("device", StringComparison.Ordinal);
        var context = new JsonObject { [isDevice ? "family" : "name"] = part.Name };
        foreach (var (key, value) in new[] { ("version", part.Version), ("model", part.Model), ("brand", part.Brand) })
        {
            if (value is not null)
            {
                context[key] = value;
            }
        }
        context["type"] = name.StartsWith("client_", StringComparison.Ordinal) ? name["client_".Length..] : name;
        contexts[name] = context;
    }
}
