using System.Buffers;
using System.IO.Compression;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>Brotli. The framework refuses windows above 16 MiB.</summary>
sealed class BrotliBodyDecoder : Decoder
{
    BrotliDecoder decoder;

    public override OperationStatus Decode(
        ReadOnlySpan<byte> source,
        Span<byte> destination,
        out int consumed,
        out int written
    ) => decoder.Decompress(source, destination, out consumed, out written);

    public override void Dispose() => decoder.Dispose();
}
