using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

/// <summary>Bodies as clients compress them.</summary>
static partial class Coded
{
    public static byte[] As(ContentCoding coding, ReadOnlySpan<byte> plain) =>
        coding switch
        {
            ContentCoding.Gzip => Gzip(plain),
            ContentCoding.Deflate => Through(plain, output => new ZLibStream(output, CompressionLevel.Optimal)),
            ContentCoding.Brotli => Through(plain, output => new BrotliStream(output, CompressionLevel.Fastest)),
            _ => Zstd(plain),
        };

    public static byte[] Gzip(ReadOnlySpan<byte> plain) =>
        Through(plain, output => new GZipStream(output, CompressionLevel.Optimal));

    public static byte[] RawDeflate(ReadOnlySpan<byte> plain) =>
        Through(plain, output => new DeflateStream(output, CompressionLevel.Optimal));

    public static byte[] Zstd(ReadOnlySpan<byte> plain)
    {
        var output = new byte[ZstdBound((nuint)plain.Length)];
        var length = ZstdCompress(output, (nuint)output.Length, plain, (nuint)plain.Length, 3);
        return output[..(int)length];
    }

    /// <summary>So many zeros behind a beginning, never held as a whole.</summary>
    public static byte[] Bomb(ContentCoding coding, long zeros, string beginning = "")
    {
        var first = Encoding.UTF8.GetBytes(beginning);
        if (coding == ContentCoding.Zstd)
        {
            return [.. Zstd(first), .. ZstdBomb(zeros)];
        }
        var output = new MemoryStream();
        using (
            Stream coder = coding switch
            {
                ContentCoding.Gzip => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true),
                ContentCoding.Deflate => new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true),
                _ => new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true),
            }
        )
        {
            coder.Write(first);
            var block = new byte[1 << 20];
            for (var left = zeros; left > 0; left -= block.Length)
            {
                coder.Write(block.AsSpan(0, (int)Math.Min(left, block.Length)));
            }
        }
        return output.ToArray();
    }

    /// <summary>A frame of run-length blocks: three bytes of header and one of content for 128 KiB each.</summary>
    static byte[] ZstdBomb(long zeros)
    {
        // Magic number; frame header without checksum, dictionary and size; window of 128 KiB.
        var frame = new List<byte> { 0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38 };
        for (var left = zeros; left > 0; left -= 1 << 17)
        {
            var size = (int)Math.Min(left, 1 << 17);
            var header = (size << 3) | (1 << 1) | (left == size ? 1 : 0);
            frame.AddRange([(byte)header, (byte)(header >> 8), (byte)(header >> 16), 0]);
        }
        return [.. frame];
    }

    static byte[] Through(ReadOnlySpan<byte> plain, Func<Stream, Stream> coder)
    {
        var output = new MemoryStream();
        using (var coding = coder(output))
        {
            coding.Write(plain);
        }
        return output.ToArray();
    }

    [LibraryImport("libzstd.so.1", EntryPoint = "ZSTD_compress")]
    private static partial nuint ZstdCompress(
        Span<byte> output,
        nuint capacity,
        ReadOnlySpan<byte> source,
        nuint length,
        int level
    );

    [LibraryImport("libzstd.so.1", EntryPoint = "ZSTD_compressBound")]
    private static partial nuint ZstdBound(nuint length);
}
