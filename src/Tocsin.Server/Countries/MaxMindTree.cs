using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tocsin.Server.Countries;

/// <summary>
/// The search tree of a MaxMind DB file. A node has two records, for the next bit of an address; a record is another node, or the node count
/// for nothing known, or a leaf. IPv4 lies in a tree of IPv6 below 96 zero bits.
/// </summary>
sealed class MaxMindTree
{
    readonly byte[] bytes;
    readonly uint nodes;
    readonly int recordBits;
    readonly bool isV6;
    readonly uint startOfV4;

    /// <param name="bytes">Of all nodes, nothing else.</param>
    /// <param name="nodes">How many.</param>
    /// <param name="recordBits">24, 28 or 32.</param>
    /// <param name="isV6">Whether it begins with the first of 128 bits instead of 32.</param>
    public MaxMindTree(byte[] bytes, uint nodes, int recordBits, bool isV6)
    {
        this.bytes = bytes;
        this.nodes = nodes;
        this.recordBits = recordBits;
        this.isV6 = isV6;
        for (var bit = 0; isV6 && bit < 96 && startOfV4 < nodes; bit++)
        {
            startOfV4 = Record(startOfV4, 0);
        }
    }

    /// <summary>All records that are no nodes of the tree, as often as they stand there.</summary>
    public IEnumerable<uint> Ends()
    {
        for (var node = 0u; node < nodes; node++)
        {
            for (var side = 0; side < 2; side++)
            {
                if (Record(node, side) is var record && record >= nodes)
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>The record at which the tree ends for an address; null: it has no room for such addresses.</summary>
    public uint? Find(IPAddress address)
    {
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        if (!isV4 && !isV6)
        {
            return null;
        }
        Span<byte> bits = stackalloc byte[16];
        address.TryWriteBytes(bits, out var written);
        bits = isV4 ? bits[(written - 4)..written] : bits;
        var record = isV4 ? startOfV4 : 0;
        for (var bit = 0; bit < bits.Length * 8 && record < nodes; bit++)
        {
            record = Record(record, (bits[bit / 8] >> (7 - (bit % 8))) & 1);
        }
        return record;
    }

    uint Record(uint node, int side)
    {
        var at = bytes.AsSpan((int)node * (recordBits / 4), recordBits / 4);
        return recordBits switch
        {
            24 => (uint)((at[side * 3] << 16) | (at[(side * 3) + 1] << 8) | at[(side * 3) + 2]),
            // The byte in the middle has the highest bits of both.
            28 => side == 0
                ? (BinaryPrimitives.ReadUInt32BigEndian(at) >> 8) | ((at[3] & 0xF0u) << 20)
                : BinaryPrimitives.ReadUInt32BigEndian(at[3..]) & 0x0FFFFFFF,
            _ => BinaryPrimitives.ReadUInt32BigEndian(at[(side * 4)..]),
        };
    }
}
