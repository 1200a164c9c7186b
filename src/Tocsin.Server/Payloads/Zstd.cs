using System.Runtime.InteropServices;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Payloads;

/// <summary>
/// Whole-buffer Zstandard through the system's libzstd, for what we wrote ourselves. Bodies from clients are unpacked by the
/// gateway's bounded stream, never here: this trusts the stated size.
/// </summary>
static partial class Zstd
{
    const string Library = "zstd";

    /// <summary>Fast enough for the ingest path; higher levels gain little on bodies of some kilobytes.</summary>
    const int Quick = 1;

    [ThreadStatic]
    static CompressionContext? compression;

    /// <summary>Without the library everything is kept as it is, and what was packed elsewhere cannot be read.</summary>
    static Zstd() =>
        NativeLibrary.SetDllImportResolver(
            typeof(Zstd).Assembly,
            (name, _, _) => name == Library ? SystemLibrary.Zstd.Handle : 0
        );

    static bool IsMissing => !SystemLibrary.Zstd.IsThere;

    /// <summary>Returns the bytes written; 0 when compression would not make it smaller, or there is no library.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> into)
    {
        if (IsMissing)
        {
            return 0;
        }
        compression ??= new();
        var written = CompressContext(
            compression,
            ref MemoryMarshal.GetReference(into),
            (nuint)into.Length,
            in MemoryMarshal.GetReference(source),
            (nuint)source.Length,
            Quick
        );
        return IsError(written) != 0 || (int)written >= source.Length ? 0 : (int)written;
    }

    /// <summary>
    /// For blocks of some megabytes of JSON, one after the other. The settings were searched for with bodies of captured events (docs/performance.md,
    /// Disk): matches of five or six bytes at least, tables that fit a processor's cache, and a window as large as a block.
    /// </summary>
    public sealed class Packing : IDisposable
    {
        /// <summary>Null: there is no library.</summary>
        readonly CompressionContext? context;

        public Packing(PackingEffort effort)
        {
            if (IsMissing)
            {
                return;
            }
            context = new();
            foreach (var (parameter, value) in Settings(effort))
            {
                SetParameter(context, parameter, value);
            }
        }

        /// <summary>Returns the bytes written; 0 when they do not fit, or there is no library.</summary>
        public int Compress(ReadOnlySpan<byte> source, Span<byte> into)
        {
            if (context is null)
            {
                return 0;
            }
            var written = CompressSet(
                context,
                ref MemoryMarshal.GetReference(into),
                (nuint)into.Length,
                in MemoryMarshal.GetReference(source),
                (nuint)source.Length
            );
            return IsError(written) != 0 ? 0 : (int)written;
        }

        public void Dispose() => context?.Dispose();

        static (Parameter, int)[] Settings(PackingEffort effort) =>
            effort == PackingEffort.Thorough
                ?
                [
                    (Parameter.Strategy, OptimalParse),
                    (Parameter.WindowLog, 23),
                    (Parameter.HashLog, 20),
                    (Parameter.ChainLog, 21),
                    (Parameter.SearchLog, 5),
                    (Parameter.MinMatch, 5),
                    (Parameter.TargetLength, 64),
                ]
                :
                [
                    (Parameter.Strategy, LazyTwice),
                    (Parameter.WindowLog, 23),
                    (Parameter.HashLog, 20),
                    (Parameter.ChainLog, 20),
                    (Parameter.SearchLog, 6),
                    (Parameter.MinMatch, 6),
                    (Parameter.TargetLength, 32),
                ];

        const int LazyTwice = 5;
        const int OptimalParse = 7;
    }

    /// <summary>ZSTD_cParameter of zstd.h.</summary>
    enum Parameter
    {
        WindowLog = 101,
        HashLog = 102,
        ChainLog = 103,
        SearchLog = 104,
        MinMatch = 105,
        TargetLength = 106,
        Strategy = 107,
    }

    /// <summary>Fills <paramref name="into"/> exactly.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a frame of that size, or there is no library.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> into)
    {
        if (IsMissing)
        {
            throw new InvalidDataException("This record is compressed, and the machine has no libzstd.");
        }
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

    [LibraryImport(Library, EntryPoint = "ZSTD_CCtx_setParameter")]
    private static partial nuint SetParameter(CompressionContext context, Parameter parameter, int value);

    [LibraryImport(Library, EntryPoint = "ZSTD_compress2")]
    private static partial nuint CompressSet(
        CompressionContext context,
        ref byte destination,
        nuint capacity,
        in byte source,
        nuint length
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
