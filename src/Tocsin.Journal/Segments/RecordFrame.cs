using System.Buffers.Binary;

namespace Tocsin.Journal.Segments;

/// <summary>
/// A record on disk: 16 bytes of header, the payload, zeroes up to a multiple of 8. Little-endian.
/// Header: magic, payload length, payload checksum, and a checksum over these three and the record's position. The header can thus
/// be trusted without its payload: damage to a payload costs exactly that record, and a search for the next record after a damaged
/// header cannot be led astray by bytes that a client sent, nor by blocks that belong elsewhere.
/// </summary>
static class RecordFrame
{
    public const int HeaderBytes = 16;
    public const int Alignment = 8;

    static ReadOnlySpan<byte> Magic => "TCJR"u8;

    public static long SizeOf(long payloadBytes) => Align(HeaderBytes + payloadBytes);

    public static long Align(long position) => (position + Alignment - 1) & ~(Alignment - 1L);

    public static void WriteHeader(Span<byte> into, long position, int payloadBytes, uint payloadChecksum)
    {
        Magic.CopyTo(into);
        BinaryPrimitives.WriteInt32LittleEndian(into[4..], payloadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(into[8..], payloadChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(into[12..], Crc32C.OfAt(position, into[..12]));
    }

    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, long position, out int payloadBytes, out uint payloadChecksum)
    {
        payloadBytes = 0;
        payloadChecksum = 0;
        if (
            bytes.Length < HeaderBytes
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Crc32C.OfAt(position, bytes[..12])
        )
        {
            return false;
        }
        payloadBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        payloadChecksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return payloadBytes >= 0;
    }

    /// <summary>
    /// The offset of the next intact header after the start of these bytes, which lie at the given aligned position; where there is
    /// none, the offset from which a search must go on once more bytes are there.
    /// </summary>
    public static int FindHeader(ReadOnlySpan<byte> bytes, long position)
    {
        var offset = Alignment;
        while (offset + HeaderBytes <= bytes.Length)
        {
            var found = bytes[offset..].IndexOf(Magic);
            if (found < 0)
            {
                break;
            }
            if ((offset + found) % Alignment != 0)
            {
                offset = (int)Align(offset + found);
                continue;
            }
            offset += found;
            if (TryReadHeader(bytes[offset..], position + offset, out _, out _))
            {
                return offset;
            }
            offset += Alignment;
        }
        // A header may begin in the last bytes and end beyond them.
        return Math.Min(bytes.Length, Math.Max(offset, (int)Align(Math.Max(0, bytes.Length - HeaderBytes + 1))));
    }
}
