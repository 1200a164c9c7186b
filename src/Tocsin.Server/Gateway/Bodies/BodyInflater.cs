using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>Decodes a body that the gateway has already accepted, for those who read the journal.</summary>
static class BodyInflater
{
    const int UsualRatio = 8;

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
        using var collector = new Collector(UsuallyInflated(body.Length));
        using var inflation = new Inflation(codings, limits, collector);
        if ((inflation.Push(body.Span) ?? inflation.Complete()) is { } refusal)
        {
            throw new InvalidDataException($"{refusal.Message}: {refusal.Cause}");
        }
        return arena.Keep(collector.Body.Span);
    }

    /// <summary>Large bodies are mostly attachments, which are compressed already.</summary>
    static int UsuallyInflated(int received) => received < 1 << 20 ? received * UsualRatio : received;

    sealed class Collector(int expected) : WholeReader(expected)
    {
        public override Refusal? Complete() => null;
    }
}
