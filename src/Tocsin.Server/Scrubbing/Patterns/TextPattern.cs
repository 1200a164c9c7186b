using System.Text;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>Where in a text a secret stands, from Start up to End.</summary>
readonly record struct Found(int Start, int End);

/// <summary>
/// One kind of secret in free text. Find looks from a position on and answers with the next; it must take linear time over all calls.
/// Triggers says which cheap observation about the text must hold before it is worth to look.
/// </summary>
sealed record TextPattern(string Rule, string Replacement, TextTraits Triggers, Func<string, int, Found?> Find)
{
    /// <summary>The same object when nothing was found.</summary>
    public string Apply(string text)
    {
        StringBuilder? scrubbed = null;
        var done = 0;
        for (var from = 0; from < text.Length && Find(text, from) is { } found; from = found.End)
        {
            scrubbed ??= new(text.Length);
            scrubbed.Append(text, done, found.Start - done).Append(Replacement);
            done = found.End;
        }
        return scrubbed is null ? text : scrubbed.Append(text, done, text.Length - done).ToString();
    }
}
