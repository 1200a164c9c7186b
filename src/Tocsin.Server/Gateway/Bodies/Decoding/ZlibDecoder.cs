using System.Buffers;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>
/// gzip, zlib and raw deflate. A gzip member that is all there and small, which is what clients send, goes through libdeflate where the machine has
/// it: in a third of zlib's time. Whatever is not simply right about it is left to zlib's judgement.
/// </summary>
sealed unsafe class ZlibDecoder : Decoder
{
    const byte GzipMagic = 0x1F;

    readonly bool gzip;
    readonly nint ofWholes;
    Zlib.Stream stream;
    bool formatKnown;
    bool begun;
    bool disposed;

    ZlibDecoder(bool gzip)
    {
        this.gzip = gzip;
        var result = Zlib.InflateInit(ref stream, Zlib.GzipWindow);
        if (result != Zlib.Ok)
        {
            throw new InvalidOperationException($"zlib does not start: {result}");
        }
        ofWholes = gzip ? Deflate.Create() : 0;
    }

    ~ZlibDecoder() => Release();

    public static ZlibDecoder OpenGzip() => new(gzip: true) { formatKnown = true };

    public static ZlibDecoder OpenDeflate() => new(gzip: false);

    /// <summary>Ready for another body, without a new allocation.</summary>
    public void Reset()
    {
        (formatKnown, begun) = (gzip, false);
        Zlib.InflateReset(ref stream, Zlib.GzipWindow);
    }

    public override OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written)
    {
        if (!begun && ofWholes != 0 && Deflate.TryDecode(ofWholes, source, destination, out consumed, out written))
        {
            return OperationStatus.Done;
        }
        begun = true;
        if (!formatKnown && source.Length > 0)
        {
            formatKnown = true;
            Zlib.InflateReset(ref stream, IsZlibHeader(source) ? Zlib.ZlibWindow : Zlib.RawWindow);
        }
        fixed (byte* input = source)
        fixed (byte* output = destination)
        {
            stream.NextIn = input;
            stream.AvailableIn = (uint)source.Length;
            stream.NextOut = output;
            stream.AvailableOut = (uint)destination.Length;
            var result = Zlib.Inflate(ref stream, Zlib.NoFlush);
            consumed = source.Length - (int)stream.AvailableIn;
            written = destination.Length - (int)stream.AvailableOut;
            return result switch
            {
                Zlib.StreamEnd => OperationStatus.Done,
                Zlib.Ok when stream.AvailableOut == 0 => OperationStatus.DestinationTooSmall,
                // BufferError only says that there was nothing to do.
                Zlib.Ok or Zlib.BufferError => OperationStatus.NeedMoreData,
                _ => OperationStatus.InvalidData,
            };
        }
    }

    /// <summary>A gzip file may hold several members.</summary>
    public override bool TryContinue(ReadOnlySpan<byte> rest)
    {
        if (!gzip || rest[0] != GzipMagic)
        {
            return false;
        }
        Reset();
        return true;
    }

    public override void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>The first byte decides when it is alone: 0x78 is what every zlib writer sends and no raw deflate of text begins with.</summary>
    static bool IsZlibHeader(ReadOnlySpan<byte> source) =>
        (source[0] & 0x0F) == 8 && (source.Length == 1 ? source[0] == 0x78 : ((source[0] << 8) | source[1]) % 31 == 0);

    void Release()
    {
        if (!disposed)
        {
            disposed = true;
            Zlib.InflateEnd(ref stream);
            Deflate.Free(ofWholes);
        }
    }
}
