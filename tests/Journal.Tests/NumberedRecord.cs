using System.Buffers.Binary;

namespace Journal.Tests;

/// <summary>Records whose every byte follows from their number, so that one read back proves itself whole.</summary>
static class NumberedRecord
{
    public static byte[] Write(int number)
    {
        var bytes = new byte[8 + number * 37 % 700];
        new Random(number).NextBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    /// <summary>The number, or null when any byte is not what was written.</summary>
    public static int? Read(byte[] bytes)
    {
        if (bytes.Length < 8)
        {
            return null;
        }
        var number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return number >= 0 && Write(number).AsSpan().SequenceEqual(bytes) ? number : null;
    }
}
