using System.Runtime.InteropServices;

namespace Bench.Disk;

/// <summary>libzstd with a trained dictionary: what the product does not use, to see whether it should.</summary>
static partial class ZstdDictionary
{
    const string Library = "libzstd.so.1";

    public static byte[] Train(IReadOnlyList<byte[]> samples, int capacity)
    {
        var all = samples.SelectMany(sample => sample).ToArray();
        var dictionary = new byte[capacity];
        var written = ZDICT_trainFromBuffer(
            dictionary,
            (nuint)capacity,
            all,
            [.. samples.Select(sample => (nuint)sample.Length)],
            (uint)samples.Count
        );
        return ZDICT_isError(written) == 0 ? dictionary[..(int)written] : throw new InvalidDataException("not enough samples");
    }

    /// <summary>The compressed length.</summary>
    public static int Compress(byte[] source, byte[] dictionary, int level)
    {
        var context = ZSTD_createCCtx();
        try
        {
            var target = new byte[source.Length + 1_024];
            return (int)ZSTD_compress_usingDict(
                context,
                target,
                (nuint)target.Length,
                source,
                (nuint)source.Length,
                dictionary,
                (nuint)dictionary.Length,
                level
            );
        }
        finally
        {
            _ = ZSTD_freeCCtx(context);
        }
    }

    [LibraryImport(Library)]
    private static partial nuint ZDICT_trainFromBuffer(byte[] into, nuint capacity, byte[] samples, nuint[] sizes, uint count);

    [LibraryImport(Library)]
    private static partial uint ZDICT_isError(nuint code);

    [LibraryImport(Library)]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compress_usingDict(
        nint context,
        byte[] into,
        nuint capacity,
        byte[] source,
        nuint length,
        byte[] dictionary,
        nuint dictionaryLength,
        int level
    );
}
