using Microsoft.Extensions.ObjectPool;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>
/// Decoders for reuse: the state of an inflate costs more to make than a small body costs to decode. Brotli's cannot be reset.
/// </summary>
static class Decoders
{
    static readonly DefaultObjectPoolProvider Provider = new() { MaximumRetained = 2 * Environment.ProcessorCount };
    static readonly ObjectPool<ZlibDecoder> Gzip = Provider.Create(new ZlibPolicy(ZlibDecoder.OpenGzip));
    static readonly ObjectPool<ZlibDecoder> Deflate = Provider.Create(new ZlibPolicy(ZlibDecoder.OpenDeflate));
    static readonly ObjectPool<ZstdDecoder> Zstandard = Provider.Create(new ZstdPolicy());

    /// <summary>Null: this machine lacks the library.</summary>
    public static Decoder? Rent(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Gzip => Gzip.Get(),
            ContentCoding.Deflate => Deflate.Get(),
            ContentCoding.Brotli => new BrotliBodyDecoder(),
            _ => ZstdStreaming.IsAvailable ? Zstandard.Get() : null,
        };

    public static void Return(ContentCoding coding, Decoder decoder)
    {
        switch (coding)
        {
            case ContentCoding.Gzip:
                Gzip.Return((ZlibDecoder)decoder);
                break;
            case ContentCoding.Deflate:
                Deflate.Return((ZlibDecoder)decoder);
                break;
            case ContentCoding.Zstd:
                Zstandard.Return((ZstdDecoder)decoder);
                break;
            default:
                decoder.Dispose();
                break;
        }
    }

    sealed class ZlibPolicy(Func<ZlibDecoder> open) : IPooledObjectPolicy<ZlibDecoder>
    {
        public ZlibDecoder Create() => open();

        public bool Return(ZlibDecoder obj)
        {
            obj.Reset();
            return true;
        }
    }

    sealed class ZstdPolicy : IPooledObjectPolicy<ZstdDecoder>
    {
        public ZstdDecoder Create() => new();

        public bool Return(ZstdDecoder obj)
        {
            obj.Reset();
            return true;
        }
    }
}
