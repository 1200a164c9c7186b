using System.Runtime.InteropServices;

namespace Tocsin.Server.Payloads;

/// <summary>
/// Whole-buffer Zstandard through the system's <c>libzstd</c>, for what we wrote ourselves. Bodies from clients are unpacked by the
/// gateway's bounded stream, never here: this trusts the stated size.
/// </summary>
static partial class Zstd
{
    const string Library = "libzstd.so.1";

    /// <summary>Fast enough for the ingest path; higher levels gain little on bodies of some kilobytes.</summary>
    const int Level = 1;

    [ThreadStatic]
    static CompressionContext? _compression;

    /// <summary>Returns the bytes written; 0 when compression would not make it smaller.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> into)
    {
        _compression ??= new();
        var written = CompressContext(
            _compression,
            ref MemoryMarshal.GetReference(into),
            (nuint)into.Length,
            in MemoryMarshal.GetReference(source),
            (nuint)source.Length,
            Level
        );
        return IsError(written) != 0 || (int)written >= source.Length ? 0 : (int)written;
    }

    /// <summary>Fills <paramref name="into"/> exactly.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a frame of that size.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> into)
    {
        var written = DecompressFrame(
            ref MemoryMarshal.GetReference(into),
            (nuint)into.Length,
            in MemoryMarshal.GetReference(source),
            (nuint)source.Length
        );
        if (IsError(written) != 0 || (int)written != into.Length)
        {
            throw new InvalidDataException("The zstd frame does not hold what its record states.");
        }
    }

    [LibraryImport(Library, EntryPoint = "ZSTD_createCCtx")]
    private static partial nint CreateCompression();

    [LibraryImport(Library, EntryPoint = "ZSTD_freeCCtx")]
    private static partial nuint FreeCompression(nint context);

    [LibraryImport(Library, EntryPoint = "ZSTD_compressCCtx")]
    private static partial nuint CompressContext(
        CompressionContext context,
        ref byte destination,
        nuint capacity,
        in byte source,
        nuint length,
        int level
    );

    [LibraryImport(Library, EntryPoint = "ZSTD_decompress")]
    private static partial nuint DecompressFrame(ref byte destination, nuint capacity, in byte source, nuint length);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint code);

    sealed class CompressionContext : SafeHandle
    {
        public CompressionContext()
            : base(0, ownsHandle: true) => SetHandle(CreateCompression());

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            _ = FreeCompression(handle);
            return true;
        }
    }
}
