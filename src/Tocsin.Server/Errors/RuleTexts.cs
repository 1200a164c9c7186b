using System.Collections.Concurrent;

namespace Tocsin.Server.Errors;

/// <summary>Rules by the text that people wrote, each read once. How many are kept is bounded: an editor may save many versions.</summary>
/// <param name="none">The rules of a text without any.</param>
sealed class RuleTexts<TRules>(TRules none, Func<string, TRules> read)
    where TRules : class
{
    const int Most = 1_000;

    readonly ConcurrentDictionary<string, TRules> known = new(StringComparer.Ordinal);

    public TRules Find(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return none;
        }
        if (known.Count > Most)
        {
            known.Clear();
        }
        return known.GetOrAdd(text, read);
    }
}
