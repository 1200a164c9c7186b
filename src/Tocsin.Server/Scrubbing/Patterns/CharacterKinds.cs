using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>Characters beside which secrets stand.</summary>
[Flags]
enum CharacterKinds : byte
{
    None = 0,
    At = 1,
    Slash = 2,
    Backslash = 4,
    Dash = 8,
    Dot = 16,
    Blank = 32,
    Digit = 64,

    /// <summary>A colon or an equals sign.</summary>
    Colon = 128,
}

/// <summary>
/// Which kinds of characters a text holds, in one pass: each character is looked up twice, by the lower and by the upper half of its code, and is
/// of the kinds that both tables name. That is exact for these kinds, since of each all combinations of its halves belong to it.
/// </summary>
static class CharacterLook
{
    const string Digits = "0123456789";

    static readonly (string Characters, CharacterKinds Kind)[] Kinds =
    [
        ("@", CharacterKinds.At),
        ("/", CharacterKinds.Slash),
        ("\\", CharacterKinds.Backslash),
        ("-", CharacterKinds.Dash),
        (".", CharacterKinds.Dot),
        (" ", CharacterKinds.Blank),
        (Digits, CharacterKinds.Digit),
        (":=", CharacterKinds.Colon),
    ];

    static readonly Vector128<byte> ByLower = Table(c => c & 15);
    static readonly Vector128<byte> ByUpper = Table(c => c >> 4);

    public static CharacterKinds At(ReadOnlySpan<char> text)
    {
        if (text.Length < Vector128<ushort>.Count)
        {
            Span<char> filled = stackalloc char[Vector128<ushort>.Count];
            filled.Clear();
            text.CopyTo(filled);
            return At(filled);
        }
        ref var codes = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        var last = text.Length - Vector128<ushort>.Count;
        var seen = Vector128<byte>.Zero;
        for (var at = 0; at < text.Length; at += Vector128<byte>.Count)
        {
            // At the end some characters are looked at twice.
            var some = Vector128.LoadUnsafe(ref codes, (nuint)Math.Min(at, last));
            var others = Vector128.LoadUnsafe(ref codes, (nuint)Math.Min(at + Vector128<ushort>.Count, last));
            // What is no byte becomes the largest, which is of no kind.
            var bytes = Vector128.NarrowWithSaturation(some, others);
            seen |=
                Vector128.ShuffleNative(ByLower, bytes & Vector128.Create((byte)15))
                & Vector128.ShuffleNative(ByUpper, bytes >>> 4);
        }
        var halves = seen.AsUInt64();
        var folded = halves[0] | halves[1];
        folded |= folded >> 32;
        folded |= folded >> 16;
        folded |= folded >> 8;
        return (CharacterKinds)(byte)folded;
    }

    static Vector128<byte> Table(Func<char, int> halfOf)
    {
        Span<byte> table = stackalloc byte[Vector128<byte>.Count];
        foreach (var (characters, kind) in Kinds)
        {
            foreach (var character in characters)
            {
                table[halfOf(character)] |= (byte)kind;
            }
        }
        return Vector128.Create<byte>(table);
    }
}
