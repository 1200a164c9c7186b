namespace Tocsin.Server.Traces.Groups;

/// <summary>
/// One string for a text that is made again and again: groups' names, tables, methods. What is made twice in its slot is kept, so that what comes
/// once does not push out what comes always. Each thread has its own.
/// </summary>
sealed class KnownTexts
{
    const int Slots = 2_048;
    const int Longest = 512;

    [ThreadStatic]
    static KnownTexts? ofThread;

    readonly string?[] texts = new string?[Slots];
    readonly int[] seen = new int[Slots];

    public static string Get(ReadOnlySpan<char> text) => (ofThread ??= new()).Find(text);

    string Find(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > Longest)
        {
            return text.ToString();
        }
        var hash = string.GetHashCode(text);
        var slot = (uint)hash % Slots;
        if (texts[slot] is { } known && text.SequenceEqual(known))
        {
            return known;
        }
        var made = text.ToString();
        if (seen[slot] == hash)
        {
            texts[slot] = made;
        }
        seen[slot] = hash;
        return made;
    }
}
