using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Clients that do not name themselves in the event did so in the envelope's header, or when they authenticated.</summary>
static class Sdks
{
    const int Longest = 128;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Sdk is { Name.Length: > 0 } sent)
        {
            return IsShort(sent) ? e : e with { Sdk = Short(sent) };
        }
        return Named(around) is { } known ? e with { Sdk = Short(Joined(e.Sdk, known)) } : e;
    }

    static SdkDescription? Named(Circumstances around) =>
        around.Envelope?.Sdk is { Name.Length: > 0 } described ? described
        : around.Client is { Length: > 0 } client ? OfClient(client)
        : null;

    static bool IsShort(SdkDescription sdk) => sdk.Name!.Length <= Longest && (sdk.Version?.Length ?? 0) <= Longest;

    /// <summary>Name and version stand in columns and with the issue.</summary>
    static SdkDescription Short(SdkDescription sdk) =>
        sdk with
        {
            Name = Cut.To(sdk.Name!, Longest),
            Version = sdk.Version is { } version ? Cut.To(version, Longest) : null,
        };

    static SdkDescription OfClient(string client)
    {
        var slash = client.LastIndexOf('/');
        return new()
        {
            Name = slash < 0 ? client : client[..slash],
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
