using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>fsync of a directory, which .NET does not offer: without it a power loss may take back a rename and leave a deletion after it.</summary>
static partial class DirectorySync
{
    const int EIntr = 4;
    const int ReadOnly = 0;

    /// <summary>Makes creations, renames and deletions in the directory durable.</summary>
    /// <exception cref="IOException">They may not be.</exception>
    public static void Sync(string path)
    {
        // Windows keeps its directories in a journal of its own and has no such call.
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var descriptor = open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw Fault("open", path);
        }
        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        while (fsync(directory) != 0)
        {
            if (Marshal.GetLastPInvokeError() != EIntr)
            {
                throw Fault("fsync", path);
            }
        }
    }

    static IOException Fault(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}: '{path}'", error);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
