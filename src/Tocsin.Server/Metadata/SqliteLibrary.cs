using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tocsin.Server.Metadata;

/// <summary>
/// The package brings SQLite 3.35; distributions ship newer ones with years of fixes. The newer of the two is used.
/// </summary>
static unsafe class SqliteLibrary
{
    const string Bundled = "e_sqlite3";
    static readonly Lock Gate = new();
    static bool chosen;

    /// <summary>Must run before the first connection; later calls do nothing.</summary>
    public static void Choose()
    {
        lock (Gate)
        {
            if (chosen)
            {
                return;
            }
            var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
            if (NewerSystemLibrary(provider) is { } library)
            {
                NativeLibrary.SetDllImportResolver(provider, (name, _, _) => name == Bundled ? library : 0);
            }
            Batteries_V2.Init();
            chosen = true;
        }
    }

    static nint? NewerSystemLibrary(System.Reflection.Assembly provider)
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out var system))
        {
            return null;
        }
        if (NativeLibrary.TryLoad(Bundled, provider, null, out var bundled) && Version(bundled) >= Version(system))
        {
            return null;
        }
        return system;
    }

    // 3040001 for 3.40.1.
    static int Version(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var address)
            ? ((delegate* unmanaged[Cdecl]<int>)address)()
            : 0;
}
