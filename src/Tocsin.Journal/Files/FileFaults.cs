namespace Tocsin.Journal.Files;

/// <summary>Tells apart the failures of a file system that callers answer differently.</summary>
public static class FileFaults
{
    const int ENoSpc = 28;
    const int EDQuotLinux = 122;
    const int EDQuotMac = 69;
    const int WindowsDiskFull = unchecked((int)0x80070070);
    const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>True when there is no space left, or the quota is used up: waiting and freeing space helps.</summary>
    public static bool IsDiskFull(Exception fault) =>
        fault is IOException
        && (
            OperatingSystem.IsWindows()
                ? fault.HResult is WindowsDiskFull or WindowsHandleDiskFull
                : fault.HResult is ENoSpc || fault.HResult == (OperatingSystem.IsMacOS() ? EDQuotMac : EDQuotLinux)
        );

    /// <summary>The failure that a full disk gives, as the operating system would have reported it for this path.</summary>
    public static IOException DiskFull(string path) =>
        new($"No space left on device: '{path}'", OperatingSystem.IsWindows() ? WindowsDiskFull : ENoSpc);
}
