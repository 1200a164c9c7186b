using System.Buffers;
using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>A body that is small, and only readable as a whole.</summary>
abstract class WholeReader : PlainReader, IDisposable
{
    byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    int length;

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > buffer.Length - length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, length + piece.Length));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        piece.CopyTo(buffer.AsSpan(length));
        length += piece.Length;
        return null;
    }

    public override Refusal? Complete() => Read(buffer.AsMemory(0, length));

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <param name="body">Lent for the call.</param>
    protected abstract Refusal? Read(ReadOnlyMemory<byte> body);
}
