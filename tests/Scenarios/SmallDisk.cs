using System.Diagnostics;

namespace Scenarios;

/// <summary>A file system of a few megabytes in memory, which a test can fill and free. Mounting needs the rights to do so.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string directory;

    SmallDisk(string directory) => this.directory = directory;

    /// <summary>For a server's data; not the file system's root, so that it can be removed.</summary>
    public string Data => Path.Combine(directory, "data");

    string Filler => Path.Combine(directory, "filler");

    /// <summary>Null: this process may not mount.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        var directory = Directory.CreateTempSubdirectory("tocsin-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tocsin", directory) != 0)
        {
            Directory.Delete(directory);
            return null;
        }
        var disk = new SmallDisk(directory);
        Directory.CreateDirectory(disk.Data);
        return disk;
    }

    /// <summary>Until not a byte is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 << 10];
        for (var size = block.Length; size > 0; )
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public void LetWrite(bool may) => Run("mount", "-o", may ? "remount,rw" : "remount,ro", directory).ShouldBe(0);

    public void Dispose()
    {
        Run("umount", "--lazy", directory);
        Directory.Delete(directory);
    }

    static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
