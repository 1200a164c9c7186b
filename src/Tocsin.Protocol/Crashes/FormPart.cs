using System.Buffers;

namespace Tocsin.Protocol.Crashes;

/// <summary>One field or file of a form.</summary>
public sealed class FormPart(string name, string? filename)
{
    readonly ArrayBufferWriter<byte> start = new();

    /// <summary>Empty: it has none.</summary>
    public string Name => name;

    /// <summary>Null: a field, no file.</summary>
    public string? Filename => filename;

    /// <summary>Bytes of the part.</summary>
    public long Length { get; private set; }

    /// <summary>The bytes that are kept, from its beginning.</summary>
    public ReadOnlySpan<byte> Start => start.WrittenSpan;

    public bool IsWhole => start.WrittenCount == Length;

    /// <summary>Returns how many are kept.</summary>
    internal int Add(ReadOnlySpan<byte> bytes, int room)
    {
        // Only what follows without a gap is a beginning.
        var kept = IsWhole ? bytes[..Math.Min(bytes.Length, room)] : [];
        start.Write(kept);
        Length += bytes.Length;
        return kept.Length;
    }

    /// <param name="header">The lines before the part, without the empty one.</param>
    internal static FormPart OfHeader(string header)
    {
        foreach (var line in header.Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim().Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
            {
                var value = line[(colon + 1)..];
                return new(HeaderParameter.Find(value, "name") ?? "", HeaderParameter.Find(value, "filename"));
            }
        }
        return new("", null);
    }
}
