using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Clients that do not name themselves in the event did so in the envelope's header, or when they authenticated.</summary>
static class Sdks
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e.Sdk?.Name is { Length: > 0 } ? e
        : Named(around) is { } known ? e with { Sdk = Joined(e.Sdk, known) }
        : e;

    static SdkDescription? Named(Circumstances around) =>
        around.Envelope?.Sdk is { Name.Length: > 0 } described ? described with { Name = Cut.To(described.Name, 128) }
        : around.Client is { Length: > 0 } client ? OfClient(client)
        : null;

    static SdkDescription OfClient(string client)
    {
        var slash = client.LastIndexOf('/');
        return new()
        {
            Name = Cut.To(slash < 0 ? client : client[..slash], 128),
            Version = slash < 0 ? null : Names.NotEmpty(client[(slash + 1)..]),
        };
    }

    static SdkDescription Joined(SdkDescription? sent, SdkDescription known) =>
        sent is null
            ? known
            : sent with
            {
                Name = known.Name,
                Version = sent.Version ?? known.Version,
                Settings = sent.Settings ?? known.Settings,
            };
}
