using System.Buffers;
using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>Decodes a body that the gateway has already accepted, for those who read the journal.</summary>
static class BodyInflater
{
    /// <summary>A plain body is lent as it is; a compressed one stands in the arena, decoded.</summary>
    /// <param name="encoding">As in <see cref="Receipt.Encoding"/>.</param>
    /// <exception cref="InvalidDataException">Broken, or larger than the limits: not a body that the gateway accepts today.</exception>
    public static ReadOnlyMemory<byte> Inflate(string encoding, ReadOnlyMemory<byte> body, BodyLimits limits, BodyArena arena)
    {
        if (!ContentCodings.TryParse(encoding, out var codings))
        {
            throw new InvalidDataException($"a body under {encoding}");
        }
        if (codings.Count == 0)
        {
            return body;
        }
        using var collector = new Collector(body.Length);
        using var inflation = new Inflation(codings, limits, collector);
        if ((inflation.Push(body.Span) ?? inflation.Complete()) is { } refusal)
        {
            throw new InvalidDataException($"{refusal.Message}: {refusal.Cause}");
        }
        return arena.Keep(collector.Collected);
    }

    sealed class Collector(int compressed) : PlainReader, IDisposable
    {
        const int UsualRatio = 8;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, compressed) * (compressed < 1 << 20 ? UsualRatio : 1));
        int length;

        public ReadOnlySpan<byte> Collected => buffer.AsSpan(0, length);

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

        public override Refusal? Complete() => null;

        public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
    }
}
