using System.Buffers;
using System.Buffers.Binary;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>Makes a <see cref="PackedBlock"/> of records. Its buffers and the compressor's tables serve all blocks of a segment.</summary>
/// <param name="effort">What is spent.</param>
/// <param name="blockBytes">Raw bytes that fill a block.</param>
sealed class BlockPacker(PackingEffort effort, int blockBytes) : IDisposable
{
    readonly List<(long Offset, int Length, int Size)> _records = [];
    readonly ArrayBufferWriter<byte> _raw = new(blockBytes);
    readonly Zstd.Packing _zstd = new(effort);
    byte[] _block = [];

    public bool IsEmpty => _records.Count == 0;

    public bool IsFull => _raw.WrittenCount >= blockBytes;

    public void Add(PayloadLocation location, PayloadRecord record)
    {
        var frame = PayloadFrame.Write(record, pack: false);
        _records.Add((location.Offset, location.Length, frame.Length));
        _raw.Write(frame);
    }

    /// <summary>The block, until the next call, of what was added since the last one. Empty: compression would not make it smaller, or there is no library.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        var head = PackedBlock.LeadLength + _records.Count * PackedBlock.EntryLength;
        if (_block.Length < head + _raw.WrittenCount)
        {
            _block = new byte[head + _raw.WrittenCount];
        }
        var packed = _zstd.Compress(_raw.WrittenSpan, _block.AsSpan(head, _raw.WrittenCount));
        if (packed > 0)
        {
            WriteHead(_block.AsSpan(0, head + packed), head);
        }
        _records.Clear();
        _raw.ResetWrittenCount();
        return packed == 0 ? default : _block.AsMemory(0, head + packed);
    }

    public void Dispose() => _zstd.Dispose();

    void WriteHead(Span<byte> block, int head)
    {
        PackedBlock.Magic.CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], block.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], _records.Count);
        BinaryPrimitives.WriteInt32LittleEndian(block[16..], _raw.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(block[20..], Crc32C.Of(block[head..]));
        var entry = block[PackedBlock.LeadLength..];
        foreach (var (offset, length, size) in _records)
        {
            BinaryPrimitives.WriteInt64LittleEndian(entry, offset);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], size);
            entry = entry[PackedBlock.EntryLength..];
        }
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], PackedBlock.HeadChecksum(block[..head]));
    }
}
