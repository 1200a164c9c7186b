using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Tocsin.Protocol.Json;

/// <summary>
/// One string for a text that comes again and again: names of properties, modules, functions and files. Only short ASCII is kept, and only what
/// was seen before in its slot, so that what comes once does not push out what comes always. Each thread has its own, of less than half a
/// megabyte.
/// </summary>
sealed class TextPool
{
    const int Slots = 2_048;
    const int Longest = 80;

    [ThreadStatic]
    static TextPool? ofThread;

    readonly string?[] texts = new string?[Slots];
    readonly uint[] seen = new uint[Slots];

    public static TextPool OfThread => ofThread ??= new();

    /// <param name="text">Valid UTF-8 without escapes.</param>
    public string Get(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > Longest)
        {
            return Encoding.UTF8.GetString(text);
        }
        var hash = Hash(text);
        var slot = hash % Slots;
        if (texts[slot] is { } known && Ascii.Equals(text, known))
        {
            return known;
        }
        var made = Encoding.UTF8.GetString(text);
        if (seen[slot] == hash && made.Length == text.Length)
        {
            texts[slot] = made;
        }
        seen[slot] = hash;
        return made;
    }

    public static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Factor;
        for (; text.Length >= 8; text = text[8..])
        {
            hash = BitOperations.RotateLeft(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text), 29) * Factor;
        }
        var rest = 0ul;
        foreach (var single in text)
        {
            rest = rest << 8 | single;
        }
        hash = BitOperations.RotateLeft(hash ^ rest, 29) * Factor;
        return (uint)(hash >> 32);
    }
}
