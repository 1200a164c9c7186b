using System.Buffers;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>
/// Where decoded or packed bodies lie that are needed together and go together. A batch holds a thousand: more than a pool of arrays keeps
/// for the next one, and enough to be carried through the collector's generations if each were an array of its own. Any thread may add.
/// </summary>
sealed class BodyArena : IDisposable
{
    /// <summary>The pool keeps some sixty of these.</summary>
    const int ChunkBytes = 1 << 20;

    /// <summary>What is larger has an array to itself, so that no chunk is left mostly empty.</summary>
    const int MostShared = ChunkBytes / 8;

    readonly Lock gate = new();
    readonly List<byte[]> rented = [];
    byte[] chunk = [];
    int used;

    /// <summary>A copy that stays until the arena goes.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> body)
    {
        var room = Take(body.Length);
        body.CopyTo(room.Span);
        return room;
    }

    /// <summary>Of nothing that was kept anything is read any more.</summary>
    public void Dispose()
    {
        foreach (var array in rented)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
        rented.Clear();
        (chunk, used) = ([], 0);
    }

    Memory<byte> Take(int length)
    {
        lock (gate)
        {
            if (length > MostShared)
            {
                return Rent(length).AsMemory(0, length);
            }
            if (length > chunk.Length - used)
            {
                (chunk, used) = (Rent(ChunkBytes), 0);
            }
            used += length;
            return chunk.AsMemory(used - length, length);
        }
    }

    byte[] Rent(int length)
    {
        var array = ArrayPool<byte>.Shared.Rent(length);
        rented.Add(array);
        return array;
    }
}
