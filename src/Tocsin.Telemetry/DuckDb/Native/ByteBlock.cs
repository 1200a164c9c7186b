using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Native memory with room for some bytes behind it, in a chain of such blocks, each of which knows the one before. Never copied.</summary>
unsafe struct ByteBlock
{
    public ByteBlock* Before;
    int room;
    int kept;

    /// <param name="before">Null: it is the first.</param>
    public static ByteBlock* Behind(ByteBlock* before, int room)
    {
        var block = (ByteBlock*)NativeMemory.Alloc((nuint)(sizeof(ByteBlock) + room));
        *block = new()
        {
            Before = before,
            room = room,
            kept = 0,
        };
        return block;
    }

    public static void FreeAll(ByteBlock* newest)
    {
        while (newest is not null)
        {
            var before = newest->Before;
            NativeMemory.Free(newest);
            newest = before;
        }
    }

    public readonly int Left => room - kept;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Kept => new(Bytes, kept);

    /// <summary>There must be room.</summary>
    public void Append(ReadOnlySpan<byte> more)
    {
        more.CopyTo(new(Bytes + kept, Left));
        kept += more.Length;
    }

    /// <summary>In place of what it has.</summary>
    public int Fill(ReadOnlySpan<BucketCount> counts) => kept = PackedCounts.Write(counts, new(Bytes, room));

    [UnscopedRef]
    readonly byte* Bytes => (byte*)((ByteBlock*)Unsafe.AsPointer(ref Unsafe.AsRef(in this)) + 1);
}
