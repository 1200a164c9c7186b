using System.Buffers.Binary;

namespace Tocsin.Journal.Segments;

/// <summary>
/// The first bytes of a segment. PreviousEnd: where the records before this segment end, so that a reader can tell a lost or
/// shortened segment from positions that were never used. A damaged header costs only this knowledge, no record.
/// </summary>
sealed record SegmentHeader(int Version, long PreviousEnd)
{
    public const int Bytes = 32;
    public const int CurrentVersion = 1;

    static ReadOnlySpan<byte> Magic => "TCJS"u8;

    public static byte[] Write(long start, long previousEnd)
    {
        var bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), CurrentVersion);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), start);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), previousEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), Crc32C.OfAt(start, bytes.AsSpan(0, 24)));
        return bytes;
    }

    /// <summary>Null when it is damaged, missing or unreadable.</summary>
    public static SegmentHeader? Read(LayerFile file, long start)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        try
        {
            bytes = bytes[..file.Read(0, bytes)];
        }
        catch (IOException)
        {
            return null;
        }
        return
            bytes.Length == Bytes
            && bytes.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]) == Crc32C.OfAt(start, bytes[..24])
            ? new SegmentHeader(
                BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])
            )
            : null;
    }
}
