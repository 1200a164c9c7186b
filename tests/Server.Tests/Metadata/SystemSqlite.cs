using System.Runtime.InteropServices;

namespace Server.Tests.Metadata;

/// <summary>The machine's own SQLite, asked directly; null where there is none.</summary>
static class SystemSqlite
{
    public static Version? Version =>
        NativeLibrary.TryLoad("libsqlite3.so.0", out _) ? System.Version.Parse(Marshal.PtrToStringUTF8(LibraryVersion())!) : null;

    [DllImport("libsqlite3.so.0", EntryPoint = "sqlite3_libversion")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint LibraryVersion();
}
