using System.Runtime.InteropServices;

namespace Tocsin.Server.Hosting;

/// <summary>A library of the system's, if it is there: a machine without it serves everything that does not need it.</summary>
sealed class SystemLibrary
{
    public static readonly SystemLibrary Zstd = new("libzstd.so.1", "libzstd.1.dylib", "libzstd");
    public static readonly SystemLibrary Deflate = new("libdeflate.so.0", "libdeflate.0.dylib", "libdeflate");

    SystemLibrary(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                (Name, Handle) = (name, handle);
                return;
            }
        }
    }

    public bool IsThere => Handle != 0;

    /// <summary>Under which it was found; null: it is not there.</summary>
    public string? Name { get; }
    public nint Handle { get; }

    /// <summary>The function's address; 0 where the library is not there.</summary>
    public nint Function(string name) => IsThere ? NativeLibrary.GetExport(Handle, name) : 0;
}
