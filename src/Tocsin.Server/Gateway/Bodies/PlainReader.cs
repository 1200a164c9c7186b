using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>What a door makes of a body after decoding, piece by piece; the pieces are lent and gone after the call.</summary>
abstract class PlainReader
{
    /// <summary>Null: go on.</summary>
    public abstract Refusal? Take(ReadOnlySpan<byte> piece);

    /// <summary>Called once after the last piece.</summary>
    public abstract Refusal? Complete();
}
