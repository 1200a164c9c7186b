using System.Runtime.InteropServices;

namespace Tocsin.Server.Hosting;

/// <summary>What the libraries allocate. glibc keeps what they free, in an arena for every few threads; with other C libraries nothing happens.</summary>
static unsafe class NativeHeap
{
    public static void LetGo()
    {
        if (
            OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad("libc.so.6", out var library)
            && NativeLibrary.TryGetExport(library, "malloc_trim", out var trim)
        )
        {
            _ = ((delegate* unmanaged[Cdecl]<nuint, int>)trim)(0);
        }
    }
}
