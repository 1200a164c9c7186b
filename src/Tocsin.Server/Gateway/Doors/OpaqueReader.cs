using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>A body that only the worker understands: it must decode within its limits, and be there.</summary>
sealed class OpaqueReader(Refusal? whenEmpty) : PlainReader
{
    bool anything;

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        anything |= !piece.IsEmpty;
        return null;
    }

    public override Refusal? Complete() => anything ? null : whenEmpty;
}
