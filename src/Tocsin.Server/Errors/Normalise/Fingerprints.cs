using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>A fingerprint of nothing is the default one. Of one without end the beginning counts.</summary>
static class Fingerprints
{
    const int Most = 100;
    const int Longest = 8192;
    const int Allowance = 200;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Fingerprint is not { } sent)
        {
            return e;
        }
        string[] kept =
        [
            .. sent.Where(value => !string.IsNullOrWhiteSpace(value))
                .Take(Most)
                .Select((value, i) => notes.Limit(value.Trim(), Longest, $"fingerprint.{i}", Allowance)!),
        ];
        if (sent.Count > Most)
        {
            notes.Cut("fingerprint", sent.Count);
        }
        return kept.SequenceEqual(sent) && kept.Length > 0 ? e : e with { Fingerprint = kept.Length == 0 ? null : kept };
    }
}
