using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tocsin.Journal.Files;

/// <summary>The calls that .NET does not offer: fdatasync, fsync of a directory, and holes in files.</summary>
static partial class Posix
{
    const int EIntr = 4;
    const int ENotSupported = 95;
    const int ReadOnly = 0;
    const int KeepSizeAndPunchHole = 1 | 2;
    const int SeekData = 3;
    const int SeekHole = 4;

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

    public static void PunchHole(SafeFileHandle file, string path, long offset, long length)
    {
        while (fallocate(file, KeepSizeAndPunchHole, offset, length) != 0)
        {
            if (Marshal.GetLastPInvokeError() == ENotSupported)
            {
                return;
            }
            ThrowUnlessInterrupted("fallocate", path);
        }
    }

    /// <summary>What lies between the holes.</summary>
    public static long StoredLength(SafeFileHandle file, long length)
    {
        var stored = 0L;
        var at = 0L;
        while (at < length)
        {
            var data = lseek(file, at, SeekData);
            if (data < 0)
            {
                break;
            }
            var hole = lseek(file, data, SeekHole);
            at = hole < data ? length : hole;
            stored += at - data;
        }
        return stored;
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

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fallocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long lseek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
