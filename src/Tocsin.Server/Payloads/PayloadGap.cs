using System.Buffers.Binary;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>
/// What stands in the place of records that were forgotten before their day, so that a scan knows it from damage: magic 4, length of the
/// whole gap 4, CRC-32C of both 4. What follows is given back to the disk.
/// </summary>
static class PayloadGap
{
    /// <summary>No record is shorter, so that there is always room for it.</summary>
    public const int HeaderLength = 12;

    public static ReadOnlySpan<byte> Magic => "TPG1"u8;

    public static byte[] Write(int length)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Crc32C.Of(header.AsSpan(0, 8)));
        return header;
    }

    /// <summary>Null: no gap begins here.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength
        && bytes.StartsWith(Magic)
        && Crc32C.Of(bytes[..8]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..])
        && BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is var length and >= HeaderLength
            ? length
            : null;
}
