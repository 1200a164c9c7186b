using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>Keeps a part of a plain body.</summary>
sealed class SliceReader(long offset, int length) : PlainReader
{
    readonly byte[] slice = new byte[length];
    long position;

    /// <summary>As much of it as the body has.</summary>
    public ReadOnlySpan<byte> Slice => slice.AsSpan(0, (int)Math.Clamp(position - offset, 0, length));

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        var from = Math.Max(position, offset);
        var to = Math.Min(position + piece.Length, offset + length);
        if (from < to)
        {
            piece[(int)(from - position)..(int)(to - position)].CopyTo(slice.AsSpan((int)(from - offset)));
        }
        position += piece.Length;
        return null;
    }

    public override Refusal? Complete() => null;
}
