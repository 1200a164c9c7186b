using System.Buffers;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>
/// One content coding, fed in pieces. Not the framework's streams: those take a body that ends too early for a whole one, which
/// here would store half an event under a 200.
/// </summary>
abstract class Decoder : IDisposable
{
    /// <summary>
    /// Decodes what fits. <c>NeedMoreData</c>: the source is used up; <c>DestinationTooSmall</c>: call again with the rest;
    /// <c>Done</c>: the end of the coding's own framing; <c>InvalidData</c>: broken.
    /// </summary>
    public abstract OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written);

    /// <summary>
    /// Called with the bytes behind <c>Done</c>. True when the coding allows another part after the first and these bytes begin one.
    /// </summary>
    public virtual bool TryContinue(ReadOnlySpan<byte> rest) => false;

    public abstract void Dispose();
}
