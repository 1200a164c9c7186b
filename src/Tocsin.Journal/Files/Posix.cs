using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tocsin.Journal.Files;

/// <summary>The calls that .NET does not offer: fdatasync, and fsync of a directory.</summary>
static partial class Posix
{
    const int EIntr = 4;
    const int ReadOnly = 0;

    public static void DataSync(SafeFileHandle file, string path)
    {
        while (fdatasync(file) != 0)
        {
            ThrowUnlessInterrupted("fdatasync", path);
        }
    }

    public static void SyncDirectory(string path)
    {
        var descriptor = open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw Fault("open", path, Marshal.GetLastPInvokeError());
        }
        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        while (fsync(directory) != 0)
        {
            ThrowUnlessInterrupted("fsync", path);
        }
    }

    static void ThrowUnlessInterrupted(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != EIntr)
        {
            throw Fault(call, path, error);
        }
    }

    static IOException Fault(string call, string path, int error) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}: '{path}'", error);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
