using System.Runtime.InteropServices;

namespace Tocsin.Server.Hosting;

/// <summary>The system's libzstd, if there is one: a machine without it serves everything that is not packed with it.</summary>
static class ZstdLibrary
{
    static readonly (string Name, nint Handle)? Found = Find();

    /// <summary>Null: there is none.</summary>
    public static string? Name => Found?.Name;

    /// <summary>0: there is none.</summary>
    public static nint Handle => Found?.Handle ?? 0;

    static (string Name, nint Handle)? Find()
    {
        foreach (var name in (ReadOnlySpan<string>)["libzstd.so.1", "libzstd.1.dylib", "libzstd"])
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return (name, handle);
            }
        }
        return null;
    }
}
