using System.Buffers;
using System.Buffers.Binary;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>Makes a <see cref="PackedBlock"/> of records. Its buffers and the compressor's tables serve all blocks of a segment.</summary>
/// <param name="effort">What is spent.</param>
/// <param name="blockBytes">Raw bytes that fill a block.</param>
/// <param name="mayGrow">A block is made of what compression does not make smaller, too.</param>
sealed class BlockPacker(PackingEffort effort, int blockBytes, bool mayGrow = false) : IDisposable
{
    readonly List<(long Offset, int Length, int Size)> records = [];
    readonly ArrayBufferWriter<byte> raw = new(blockBytes);
    readonly Zstd.Packing zstd = new(effort);
    byte[] block = [];

    public bool IsEmpty => records.Count == 0;

    public bool IsFull => raw.WrittenCount >= blockBytes;

    public void Add(PayloadLocation location, PayloadRecord record)
    {
        var frame = PayloadFrame.Write(record, pack: false);
        records.Add((location.Offset, location.Length, frame.Length));
        raw.Write(frame);
    }

    /// <summary>
    /// The block, until the next call, of what was added since the last one. Empty: compression would not make it smaller, which it need not when the
    /// block may grow, or there is no library.
    /// </summary>
    public ReadOnlyMemory<byte> Finish()
    {
        var head = PackedBlock.LeadLength + records.Count * PackedBlock.EntryLength;
        var room = mayGrow ? Bound(raw.WrittenCount) : raw.WrittenCount - 1;
        if (block.Length < head + room)
        {
            block = new byte[head + room];
        }
        var packed = zstd.Compress(raw.WrittenSpan, block.AsSpan(head, room));
        if (packed > 0)
        {
            WriteHead(block.AsSpan(0, head + packed), head);
        }
        records.Clear();
        raw.ResetWrittenCount();
        return packed == 0 ? default : block.AsMemory(0, head + packed);
    }

    public void Dispose() => zstd.Dispose();

    /// <summary>What zstd needs at most: ZSTD_COMPRESSBOUND of zstd.h, rounded up.</summary>
    static int Bound(int length) => length + (length >> 8) + 64;

    void WriteHead(Span<byte> block, int head)
    {
        PackedBlock.Magic.CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], block.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], records.Count);
        BinaryPrimitives.WriteInt32LittleEndian(block[16..], raw.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(block[20..], Crc32C.Of(block[head..]));
        var entry = block[PackedBlock.LeadLength..];
        foreach (var (offset, length, size) in records)
        {
            BinaryPrimitives.WriteInt64LittleEndian(entry, offset);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], size);
            entry = entry[PackedBlock.EntryLength..];
        }
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], PackedBlock.HeadChecksum(block[..head]));
    }
}
