using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Bench.Load;

/// <summary>
/// A body that can be sent many times, each time as another event: the id, the issue and the user stand in a small gzip member of their own
/// that costs next to nothing to write; the rest is a member that was compressed once. Together they are one gzip body.
/// </summary>
/// <param name="Rest">What follows in the item, without its opening brace, compressed.</param>
/// <param name="RestLength">Of it uncompressed.</param>
sealed record Body(string ItemType, byte[] Rest, int RestLength, int Spans)
{
    /// <summary>Beyond the header line and the trailer of a gzip member with one stored block.</summary>
    public const int MemberOverhead = 10 + 5 + 8;

    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    /// <summary>The bytes before <see cref="Rest"/>.</summary>
    public byte[] Begin(string id, int issue, int user)
    {
        var own =
            ItemType == "event"
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"event_id":"{{id}}","fingerprint":["v{{issue:D7}}"],"user":{"id":"u{{user:D6}}"},"""
                )
                : string.Create(CultureInfo.InvariantCulture, $$"""{"event_id":"{{id}}","user":{"id":"u{{user:D6}}"},""");
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"{ItemType}\",\"length\":{own.Length + RestLength}}}\n{own}"
        );
        var member = new byte[MemberOverhead + text.Length];
        member[0] = 0x1f;
        member[1] = 0x8b;
        member[2] = 8;
        member[9] = 0xff;
        member[10] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(member.AsSpan(11), (ushort)text.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(member.AsSpan(13), (ushort)~text.Length);
        var plain = member.AsSpan(15, text.Length);
        Encoding.ASCII.GetBytes(text, plain);
        BinaryPrimitives.WriteUInt32LittleEndian(member.AsSpan(15 + text.Length), Checksum(plain));
        BinaryPrimitives.WriteUInt32LittleEndian(member.AsSpan(19 + text.Length), (uint)text.Length);
        return member;
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var single in bytes)
        {
            crc = Table[(crc ^ single) & 0xff] ^ (crc >> 8);
        }
        return ~crc;
    }

    static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : 0xedb88320 ^ (value >> 1);
        }
        return value;
    }
}
