using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Clients that do not name themselves in the event did so when they authenticated.</summary>
static class Sdks
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Sdk?.Name is { Length: > 0 } || around.Client is not { Length: > 0 } client)
        {
            return e;
        }
        var slash = client.LastIndexOf('/');
        var name = slash < 0 ? client : client[..slash];
        var version = slash < 0 ? null : Names.NotEmpty(client[(slash + 1)..]);
        return e with { Sdk = (e.Sdk ?? new()) with { Name = Cut.To(name, 128), Version = e.Sdk?.Version ?? version } };
    }
}
