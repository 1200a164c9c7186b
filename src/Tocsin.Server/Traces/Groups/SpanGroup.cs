using Tocsin.Server.Errors;

namespace Tocsin.Server.Traces.Groups;

/// <summary>What spans that do the same have in common. Name null: the span belongs to no group.</summary>
readonly record struct SpanGroup(string? Name, string? Domain = null, string? Action = null)
{
    const int Longest = 2_000;
    const ulong Prime = 1_099_511_628_211;

    public static SpanGroup None => default;

    /// <summary>Names longer than this are cut: what follows tells groups apart no more.</summary>
    public static SpanGroup Of(string name, string? domain = null, string? action = null) =>
        name.Length == 0 ? new(null, domain, action) : new(Cut.Off(name, Longest), domain, action);

    /// <summary>Stored with every span, so this never changes: FNV-1a over the UTF-16 of op, a zero and the name, then mixed. 0 for no group.</summary>
    public long HashFor(string op)
    {
        if (Name is null)
        {
            return 0;
        }
        var hash = 14_695_981_039_346_656_037;
        hash = Add(hash, op);
        hash = Add(hash, "\0");
        hash = Add(hash, Name);
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCD;
        hash ^= hash >> 33;
        return hash == 0 ? 1 : unchecked((long)hash);
    }

    static ulong Add(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            // Byte by byte, the lower one first; of nearly every letter the upper one is zero, and the two multiplications are one.
            hash =
                letter <= byte.MaxValue
                    ? (hash ^ letter) * unchecked(Prime * Prime)
                    : (((hash ^ (byte)letter) * Prime) ^ (ulong)(letter >> 8)) * Prime;
        }
        return hash;
    }
}
