using System.Buffers;
using Tocsin.Protocol;
using Tocsin.Protocol.Events;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>The legacy body: small, and only readable as a whole.</summary>
sealed class StoreReader(int limit) : PlainReader, IDisposable
{
    byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    int length;

    public EventScan Scan { get; private set; }

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

    public override Refusal? Complete()
    {
        if (
            !StoreBody.TryDecode(buffer.AsMemory(0, length), limit, out var json, out var refusal)
            || !EventReader.TryScan(json.Value.Span, out var scan, out refusal)
        )
        {
            return refusal;
        }
        Scan = scan;
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
