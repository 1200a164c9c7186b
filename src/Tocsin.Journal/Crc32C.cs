using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Tocsin.Journal;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where it has one.</summary>
public static class Crc32C
{
    /// <summary>The checksum of the bytes, as RFC 3720 has it.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(uint.MaxValue, bytes);

    /// <summary>The same as of the bytes in one piece.</summary>
    public static uint Of(ReadOnlySequence<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var part in bytes)
        {
            state = Add(state, part.Span);
        }
        return ~state;
    }

    /// <summary>The checksum of bytes that are valid only at one place: a copy that lies elsewhere does not match.</summary>
    public static uint OfAt(long position, ReadOnlySpan<byte> bytes) =>
        ~Add(BitOperations.Crc32C(uint.MaxValue, (ulong)position), bytes);

    static uint Add(uint state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var single in bytes)
        {
            state = BitOperations.Crc32C(state, single);
        }
        return state;
    }
}
