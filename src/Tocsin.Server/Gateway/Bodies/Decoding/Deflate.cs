using System.Buffers.Binary;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>The system's libdeflate: gzip members in one call, without a window of its own to copy from.</summary>
static unsafe class Deflate
{
    const int Success = 0;

    /// <summary>Ten bytes of header, eight of trailer: RFC 1952.</summary>
    const int ShortestMember = 18;
    const int SizeBytes = 4;

    static readonly delegate* unmanaged<nint> CreateDecompressor = (delegate* unmanaged<nint>)
        SystemLibrary.Deflate.Function("libdeflate_alloc_decompressor");
    static readonly delegate* unmanaged<nint, void> FreeDecompressor = (delegate* unmanaged<nint, void>)
        SystemLibrary.Deflate.Function("libdeflate_free_decompressor");
    static readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint*, nuint*, int> GzipDecompress =
        (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint*, nuint*, int>)
            SystemLibrary.Deflate.Function("libdeflate_gzip_decompress_ex");

    /// <summary>0: this machine lacks the library.</summary>
    public static nint Create() => SystemLibrary.Deflate.IsThere ? CreateDecompressor() : 0;

    public static void Free(nint decompressor)
    {
        if (decompressor != 0)
        {
            FreeDecompressor(decompressor);
        }
    }

    /// <summary>
    /// The member that the source begins with. False: it is not whole, broken, or larger than the destination, which then holds anything. The last
    /// member's length stands at its end, and where it says that there is no room nothing is tried.
    /// </summary>
    public static bool TryDecode(
        nint decompressor,
        ReadOnlySpan<byte> source,
        Span<byte> destination,
        out int consumed,
        out int written
    )
    {
        (consumed, written) = (0, 0);
        if (source.Length < ShortestMember || BinaryPrimitives.ReadUInt32LittleEndian(source[^SizeBytes..]) > destination.Length)
        {
            return false;
        }
        fixed (byte* input = source)
        fixed (byte* output = destination)
        {
            nuint read;
            nuint made;
            if (
                GzipDecompress(decompressor, input, (nuint)source.Length, output, (nuint)destination.Length, &read, &made)
                != Success
            )
            {
                return false;
            }
            (consumed, written) = ((int)read, (int)made);
            return true;
        }
    }
}
