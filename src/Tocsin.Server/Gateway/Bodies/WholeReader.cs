using System.Buffers;
using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>A body that is only readable as a whole: gathered in one piece of pooled memory, which grows with it.</summary>
/// <param name="expected">Bytes to begin with.</param>
/// <param name="memory">Whose share the gathered bytes take from; null: nobody's.</param>
abstract class WholeReader(int expected, BodyShare? memory = null) : PlainReader, IDisposable
{
    byte[] buffer = [];
    int length;

    /// <summary>What came so far. Lent until disposal.</summary>
    public ReadOnlyMemory<byte> Body => buffer.AsMemory(0, length);

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > buffer.Length - length && !TryGrow(length + piece.Length))
        {
            return Refusals.Busy;
        }
        piece.CopyTo(buffer.AsSpan(length));
        length += piece.Length;
        return null;
    }

    public void Dispose()
    {
        Return(buffer);
        (buffer, length) = ([], 0);
    }

    bool TryGrow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(expected, needed), 2 * buffer.Length));
        if (memory?.TryTake(larger.Length) == false)
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }
        Body.Span.CopyTo(larger);
        Return(buffer);
        buffer = larger;
        return true;
    }

    void Return(byte[] held)
    {
        if (held.Length > 0)
        {
            memory?.Give(held.Length);
            ArrayPool<byte>.Shared.Return(held);
        }
    }
}
