using System.Buffers;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>Zstandard, with the window that RFC 9659 allows for HTTP: 8 MiB.</summary>
sealed unsafe class ZstdDecoder : Decoder
{
    const int WindowLog = 23;

    nint context = ZstdStreaming.Create(WindowLog);

    ~ZstdDecoder() => Release();

    public void Reset() => ZstdStreaming.Reset(context);

    public override OperationStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed, out int written)
    {
        fixed (byte* input = source)
        fixed (byte* output = destination)
        {
            var from = new ZstdStreaming.InBuffer { Source = input, Size = (nuint)source.Length };
            var into = new ZstdStreaming.OutBuffer { Destination = output, Size = (nuint)destination.Length };
            var result = ZstdStreaming.Decompress(context, ref into, ref from);
            consumed = (int)from.Position;
            written = (int)into.Position;
            if (ZstdStreaming.IsError(result))
            {
                return OperationStatus.InvalidData;
            }
            if (result == 0)
            {
                return OperationStatus.Done;
            }
            return written == destination.Length ? OperationStatus.DestinationTooSmall : OperationStatus.NeedMoreData;
        }
    }

    /// <summary>Frames may follow one another; a wrong beginning is found by the decoder itself.</summary>
    public override bool TryContinue(ReadOnlySpan<byte> rest) => true;

    public override void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    void Release()
    {
        if (context != 0)
        {
            ZstdStreaming.Free(context);
            context = 0;
        }
    }
}
