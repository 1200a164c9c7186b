using System.Buffers;
using System.Buffers.Binary;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>
/// A record as bytes, little endian: magic 4, length 4, CRC-32C 4 over all that follows, kind 1, flags 1, zero 2, item index 4, position 8,
/// project 8 (of a batch: the position before it), event id 16, then of columns and body each the stored and the raw length (4 × 4), then both, zstd where that is smaller.
/// Length counts what follows the checksum. The magic lets a reader find the next record behind damaged bytes.
/// </summary>
static class PayloadFrame
{
    public const int HeaderLength = 68;

    /// <summary>Magic, length and checksum.</summary>
    public const int LeadLength = 12;

    public static ReadOnlySpan<byte> Magic => "TPR1"u8;

    const byte ColumnsPacked = 1;
    const byte BodyPacked = 2;

    /// <param name="record">What to write.</param>
    /// <param name="pack">False: columns and body stay plain, because they are compressed with others.</param>
    public static byte[] Write(PayloadRecord record, bool pack = true) => Write(record, static frame => frame.ToArray(), pack);

    /// <param name="record">What to write.</param>
    /// <param name="keep">Makes of the frame, which is lent, what lasts.</param>
    public static ReadOnlyMemory<byte> Write(PayloadRecord record, Func<ReadOnlySpan<byte>, ReadOnlyMemory<byte>> keep) =>
        Write(record, keep, pack: true);

    static T Write<T>(PayloadRecord record, Func<ReadOnlySpan<byte>, T> keep, bool pack)
    {
        var isBatch = record.Kind == PayloadKind.Batch;
        var room = ArrayPool<byte>.Shared.Rent(HeaderLength + record.Columns.Length + record.Body.Length);
        try
        {
            var columns = Pack(record.Columns.Span, room.AsSpan(HeaderLength), pack, out var columnsPacked);
            var body = Pack(record.Body.Span, room.AsSpan(HeaderLength + columns), pack, out var bodyPacked);
            var frame = room.AsSpan(0, HeaderLength + columns + body);
            Magic.CopyTo(frame);
            BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - LeadLength);
            frame[12] = (byte)record.Kind;
            frame[13] = (byte)((columnsPacked ? ColumnsPacked : 0) | (bodyPacked ? BodyPacked : 0));
            frame[14] = frame[15] = 0;
            BinaryPrimitives.WriteInt32LittleEndian(frame[16..], record.Index);
            BinaryPrimitives.WriteInt64LittleEndian(frame[20..], record.Position);
            BinaryPrimitives.WriteInt64LittleEndian(frame[28..], isBatch ? record.Previous : record.ProjectId);
            BinaryPrimitives.WriteUInt128LittleEndian(frame[36..], record.EventId.Value);
            BinaryPrimitives.WriteInt32LittleEndian(frame[52..], columns);
            BinaryPrimitives.WriteInt32LittleEndian(frame[56..], record.Columns.Length);
            BinaryPrimitives.WriteInt32LittleEndian(frame[60..], body);
            BinaryPrimitives.WriteInt32LittleEndian(frame[64..], record.Body.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Of(frame[LeadLength..]));
            return keep(frame);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>Length of the whole frame whose first bytes these are; null when they are not the beginning of one.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> lead)
    {
        if (lead.Length < LeadLength || !lead.StartsWith(Magic))
        {
            return null;
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(lead[4..]);
        return length >= HeaderLength - LeadLength && length <= int.MaxValue - LeadLength ? length + LeadLength : null;
    }

    /// <summary>The position without the rest, for a look at where a segment begins.</summary>
    public static long PositionOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[20..]);

    /// <summary>Null when the bytes do not match their checksum. Without <paramref name="withBody"/> the body stays packed away.</summary>
    public static PayloadRecord? Read(ReadOnlySpan<byte> frame, bool withBody)
    {
        if (
            LengthOf(frame) != frame.Length
            || Crc32C.Of(frame[LeadLength..]) != BinaryPrimitives.ReadUInt32LittleEndian(frame[8..])
        )
        {
            return null;
        }
        var columns = BinaryPrimitives.ReadInt32LittleEndian(frame[52..]);
        var body = BinaryPrimitives.ReadInt32LittleEndian(frame[60..]);
        var kind = (PayloadKind)frame[12];
        var previousOrProject = BinaryPrimitives.ReadInt64LittleEndian(frame[28..]);
        return new()
        {
            Kind = kind,
            Index = BinaryPrimitives.ReadInt32LittleEndian(frame[16..]),
            Position = PositionOf(frame),
            Previous = kind == PayloadKind.Batch ? previousOrProject : 0,
            ProjectId = kind == PayloadKind.Batch ? 0 : previousOrProject,
            EventId = new(BinaryPrimitives.ReadUInt128LittleEndian(frame[36..])),
            Columns = Unpack(frame.Slice(HeaderLength, columns), frame[56..], (frame[13] & ColumnsPacked) != 0),
            Body = withBody
                ? Unpack(frame.Slice(HeaderLength + columns, body), frame[64..], (frame[13] & BodyPacked) != 0)
                : default,
        };
    }

    static int Pack(ReadOnlySpan<byte> source, Span<byte> into, bool pack, out bool packed)
    {
        var written = source.Length == 0 || !pack ? 0 : Zstd.Compress(source, into[..source.Length]);
        packed = written > 0;
        if (!packed)
        {
            source.CopyTo(into);
        }
        return packed ? written : source.Length;
    }

    static byte[] Unpack(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> rawLength, bool packed)
    {
        if (!packed)
        {
            return stored.ToArray();
        }
        var raw = new byte[BinaryPrimitives.ReadInt32LittleEndian(rawLength)];
        Zstd.Decompress(stored, raw);
        return raw;
    }
}
