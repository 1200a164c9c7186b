using System.Runtime.InteropServices;

namespace Tocsin.Server.Gateway.Bodies.Decoding;

/// <summary>
/// The inflate functions of the zlib that .NET itself brings along. They are not part of .NET's promise: the version of the
/// runtime is pinned, and the tests of this room fail at once if a new one changes them.
/// </summary>
static unsafe partial class Zlib
{
    public const int NoFlush = 0;
    public const int Ok = 0;
    public const int StreamEnd = 1;
    public const int BufferError = -5;

    public const int ZlibWindow = 15;
    public const int GzipWindow = 31;
    public const int RawWindow = -15;

    const string Library = "libSystem.IO.Compression.Native";

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateInit2_")]
    public static partial int InflateInit(ref Stream stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateReset2_")]
    public static partial int InflateReset(ref Stream stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_Inflate")]
    public static partial int Inflate(ref Stream stream, int flush);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateEnd")]
    public static partial int InflateEnd(ref Stream stream);

    [StructLayout(LayoutKind.Sequential)]
    public struct Stream
    {
        public byte* NextIn;
        public byte* NextOut;
        public nint Message;
        public nint State;
        public uint AvailableIn;
        public uint AvailableOut;
    }
}
