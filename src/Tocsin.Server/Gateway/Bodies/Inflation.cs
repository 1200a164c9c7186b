using System.Buffers;
using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies.Decoding;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>
/// Decodes a body on its way to a <see cref="PlainReader"/>, layer by layer through small buffers: at no time does more than
/// one buffer per layer of it exist. Every layer is bounded, so that a bomb inside a bomb stops where a simple one does.
/// </summary>
sealed class Inflation(IReadOnlyList<ContentCoding> codings, BodyLimits limits, PlainReader reader) : IDisposable
{
    /// <summary>Most events fit: decoded in one call they need no copy into the decoder's window.</summary>
    const int BufferSize = 64 * 1024;

    /// <summary>Parts of one coding after another (gzip members, zstd frames): an empty one costs us more than its sender.</summary>
    const int MostParts = 1000;

    readonly Layer[] layers = codings.Count == 0 ? [] : [.. codings.Select(coding => new Layer(coding))];
    long received;
    bool opened;

    /// <summary>The next received bytes.</summary>
    public Refusal? Push(ReadOnlySpan<byte> source)
    {
        received += source.Length;
        return (opened ? null : Open()) ?? Feed(0, source);
    }

    /// <summary>All is received.</summary>
    public Refusal? Complete()
    {
        if (received > 0)
        {
            foreach (var layer in layers)
            {
                if (!layer.Ended)
                {
                    return Broken(layer.Coding, "unexpected end of data");
                }
            }
        }
        return reader.Complete();
    }

    public void Dispose()
    {
        foreach (var layer in layers)
        {
            layer.Dispose();
        }
    }

    Refusal? Open()
    {
        opened = true;
        foreach (var layer in layers)
        {
            if (!layer.TryOpen())
            {
                return Broken(layer.Coding, "this server has no decoder for it");
            }
        }
        return null;
    }

    Refusal? Feed(int depth, ReadOnlySpan<byte> source)
    {
        if (depth == layers.Length)
        {
            return depth == 0 && received > limits.Inflated ? TooLarge() : reader.Take(source);
        }
        var layer = layers[depth];
        while (true)
        {
            if (layer.Ended)
            {
                if (source.IsEmpty)
                {
                    return null;
                }
                if (++layer.Parts > MostParts || !layer.Decoder!.TryContinue(source))
                {
                    return Broken(layer.Coding, "data behind the end");
                }
                layer.Ended = false;
            }
            var status = layer.Decoder!.Decode(source, layer.Buffer, out var consumed, out var written);
            source = source[consumed..];
            layer.Inflated += written;
            if (!limits.Allows(received, layer.Inflated))
            {
                return TooLarge();
            }
            if (written > 0 && Feed(depth + 1, layer.Buffer.AsSpan(0, written)) is { } refusal)
            {
                return refusal;
            }
            switch (status)
            {
                case OperationStatus.InvalidData:
                    return Broken(layer.Coding, "invalid data");
                case OperationStatus.NeedMoreData:
                    return null;
                case OperationStatus.Done:
                    layer.Ended = true;
                    break;
            }
        }
    }

    Refusal TooLarge() => Refusal.TooLarge(limits.Type);

    static Refusal Broken(ContentCoding coding, string cause) =>
        new(400, "failed to decode the request body", "payload", $"{ContentCodings.Name([coding])}: {cause}");

    sealed class Layer(ContentCoding coding) : IDisposable
    {
        public ContentCoding Coding => coding;
        public Decoder? Decoder { get; private set; }
        public byte[] Buffer { get; private set; } = [];
        public long Inflated { get; set; }
        public int Parts { get; set; }
        public bool Ended { get; set; }

        public bool TryOpen()
        {
            Decoder = Decoders.Rent(coding);
            Buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            return Decoder is not null;
        }

        public void Dispose()
        {
            if (Decoder is { } decoder)
            {
                Decoders.Return(coding, decoder);
                ArrayPool<byte>.Shared.Return(Buffer);
                Decoder = null;
            }
        }
    }
}
