using System.Runtime.InteropServices;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>
/// The streaming decoder of the system's libzstd, bound at first use: a machine without the library serves everything else.
/// </summary>
static unsafe class ZstdStreaming
{
    const int ResetSession = 1;

    /// <summary>The parameter that bounds a frame's window, as a power of two.</summary>
    const int WindowLogMax = 100;

    static readonly delegate* unmanaged<nint> CreateContext = (delegate* unmanaged<nint>)
        SystemLibrary.Zstd.Function("ZSTD_createDCtx");
    static readonly delegate* unmanaged<nint, nuint> FreeContext = (delegate* unmanaged<nint, nuint>)
        SystemLibrary.Zstd.Function("ZSTD_freeDCtx");
    static readonly delegate* unmanaged<nint, int, nuint> ResetContext = (delegate* unmanaged<nint, int, nuint>)
        SystemLibrary.Zstd.Function("ZSTD_DCtx_reset");
    static readonly delegate* unmanaged<nint, int, int, nuint> SetParameter = (delegate* unmanaged<nint, int, int, nuint>)
        SystemLibrary.Zstd.Function("ZSTD_DCtx_setParameter");
    static readonly delegate* unmanaged<nint, OutBuffer*, InBuffer*, nuint> DecompressStream = (delegate* unmanaged<
        nint,
        OutBuffer*,
        InBuffer*,
        nuint>)
        SystemLibrary.Zstd.Function("ZSTD_decompressStream");
    static readonly delegate* unmanaged<nuint, uint> IsErrorCode = (delegate* unmanaged<nuint, uint>)
        SystemLibrary.Zstd.Function("ZSTD_isError");

    public static bool IsAvailable => SystemLibrary.Zstd.IsThere;

    /// <summary>A decoder that refuses frames with a larger window.</summary>
    public static nint Create(int windowLog)
    {
        var context = CreateContext();
        SetParameter(context, WindowLogMax, windowLog);
        return context;
    }

    public static void Free(nint context) => FreeContext(context);

    public static void Reset(nint context) => ResetContext(context, ResetSession);

    /// <summary>0: a frame is complete; otherwise a hint, or an error.</summary>
    public static nuint Decompress(nint context, ref OutBuffer output, ref InBuffer input)
    {
        fixed (OutBuffer* into = &output)
        fixed (InBuffer* from = &input)
        {
            return DecompressStream(context, into, from);
        }
    }

    public static bool IsError(nuint result) => IsErrorCode(result) != 0;

    [StructLayout(LayoutKind.Sequential)]
    public struct InBuffer
    {
        public byte* Source;
        public nuint Size;
        public nuint Position;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct OutBuffer
    {
        public byte* Destination;
        public nuint Size;
        public nuint Position;
    }
}
