using System.Buffers;
using System.Buffers.Binary;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>Where a record lay in the segment before it was packed, which is what it is still called by; and its bytes in the block.</summary>
readonly record struct PackedEntry(long Offset, int Length, int Begin, int Size);

/// <summary>
/// Records that are compressed together, as bytes, little endian: magic 4, length of the whole block 4, CRC-32C of the head 4, number of
/// records 4, raw length 4, CRC-32C of the data 4; per record offset 8, length 4, size 4; then the data, one zstd frame of the records' own
/// frames. A block needs no other: damage costs what it touches.
/// </summary>
sealed class PackedBlock
{
    public const int LeadLength = 24;
    public const int EntryLength = 16;

    public static ReadOnlySpan<byte> Magic => "TPB1"u8;

    PackedBlock(int length, int rawLength, uint checksum, IReadOnlyList<PackedEntry> entries)
    {
        (Length, RawLength, Entries) = (length, rawLength, entries);
        Checksum = checksum;
    }

    public int Length { get; }
    public IReadOnlyList<PackedEntry> Entries { get; }
    int RawLength { get; }
    uint Checksum { get; }

    int HeadLength => LeadLength + Entries.Count * EntryLength;

    /// <summary>Null: no block begins here, or its head is damaged.</summary>
    public static PackedBlock? ReadHead(LayerFile file, long at)
    {
        var lead = new byte[LeadLength];
        if (file.Read(at, lead) < LeadLength || !lead.AsSpan().StartsWith(Magic))
        {
            return null;
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(lead.AsSpan(4));
        var count = BinaryPrimitives.ReadInt32LittleEndian(lead.AsSpan(12));
        if (length < LeadLength || at + length > file.Length || count < 0 || count > (length - LeadLength) / EntryLength)
        {
            return null;
        }
        var head = new byte[LeadLength + count * EntryLength];
        file.Read(at, head);
        if (HeadChecksum(head) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)))
        {
            return null;
        }
        var entries = new PackedEntry[count];
        var begin = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = head.AsSpan(LeadLength + i * EntryLength);
            var size = BinaryPrimitives.ReadInt32LittleEndian(entry[12..]);
            entries[i] = new(
                BinaryPrimitives.ReadInt64LittleEndian(entry),
                BinaryPrimitives.ReadInt32LittleEndian(entry[8..]),
                begin,
                size
            );
            begin += size;
        }
        return new(
            length,
            BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(16)),
            BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(20)),
            entries
        );
    }

    /// <summary>The records' frames one after the other, at least; null when the data is damaged. The memory is the caller's to give back.</summary>
    public IMemoryOwner<byte>? Unpack(LayerFile file, long at)
    {
        using var room = MemoryPool<byte>.Shared.Rent(Length - HeadLength);
        var packed = room.Memory[..(Length - HeadLength)];
        if (file.Read(at + HeadLength, packed.Span) < packed.Length || Crc32C.Of(packed.Span) != Checksum)
        {
            return null;
        }
        var raw = MemoryPool<byte>.Shared.Rent(RawLength);
        Zstd.Decompress(packed.Span, raw.Memory.Span[..RawLength]);
        return raw;
    }

    /// <summary>Of the length, and of all that follows the checksum itself.</summary>
    internal static uint HeadChecksum(ReadOnlySpan<byte> head) => Crc32C.Of(head[12..]) ^ Crc32C.Of(head[4..8]);
}
