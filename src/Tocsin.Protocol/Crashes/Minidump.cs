namespace Tocsin.Protocol.Crashes;

/// <summary>How a dump begins, itself or packed.</summary>
public static class Minidump
{
    /// <summary>A minidump of either byte order.</summary>
    public static bool IsDump(ReadOnlySpan<byte> start) => start.StartsWith("MDMP"u8) || start.StartsWith("PMDM"u8);

    public static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    public static bool IsZstd(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);

    public static bool IsXz(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]);

    public static bool IsBzip2(ReadOnlySpan<byte> start) => start.StartsWith("BZh"u8);

    /// <summary>A form inside the field: old Electrons on Linux.</summary>
    public static bool IsForm(ReadOnlySpan<byte> start) => start.StartsWith("--"u8);
}
