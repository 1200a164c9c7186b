using System.Globalization;
using System.Runtime.InteropServices;

namespace Tocsin.Server.Hosting;

/// <summary>
/// The DuckDB library's code as it is mapped into the process. Opening a store runs through 30 MB of it once; at rest none is needed, and
/// what is needed again comes back from the page cache without a read.
/// </summary>
static partial class EngineCode
{
    const int DontNeed = 4;

    /// <summary>Only mappings that are never written: dropping those loses nothing. Does nothing where there is no /proc.</summary>
    public static void LetGo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            // "7f3c00000000-7f3c01000000 r-xp 00000000 08:01 123 /path/libduckdb.so"
            var parts = line.Split(' ', 3);
            if (
                parts is [var range, "r-xp" or "r--p", var rest]
                && rest.EndsWith("/libduckdb.so", StringComparison.Ordinal)
                && !IsRelocated(parts[1], rest)
            )
            {
                var ends = range.Split('-');
                var from = nuint.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var to = nuint.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                _ = Advise(from, to - from, DontNeed);
            }
        }
    }

    /// <summary>The loader writes addresses into a read-only part before it protects it; that part alone must stay. It is not the file's beginning.</summary>
    static bool IsRelocated(string protection, string rest) =>
        protection == "r--p" && !rest.StartsWith("00000000 ", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
