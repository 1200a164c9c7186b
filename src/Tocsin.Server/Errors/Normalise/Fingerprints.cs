using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>A fingerprint of nothing is the default one.</summary>
static class Fingerprints
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Fingerprint is not { } sent)
        {
            return e;
        }
        string[] kept = [.. sent.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value.Trim())];
        return kept.SequenceEqual(sent) && kept.Length > 0 ? e : e with { Fingerprint = kept.Length == 0 ? null : kept };
    }
}
