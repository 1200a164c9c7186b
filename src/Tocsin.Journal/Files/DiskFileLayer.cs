namespace Tocsin.Journal.Files;

/// <summary>The real file system. Thread-safe; holds no state.</summary>
public sealed class DiskFileLayer : FileLayer
{
    const int WouldBlock = 11;
    const int WouldBlockMac = 35;
    const int WindowsSharingViolation = unchecked((int)0x80070020);
    const FileShare Everyone = FileShare.ReadWrite | FileShare.Delete;

    public override void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public override IReadOnlyList<string> List(string directory, string pattern)
    {
        var paths = Directory.GetFiles(directory, pattern);
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    public override bool Exists(string path) => File.Exists(path);

    public override LayerFile Create(string path) =>
        new DiskFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, Everyone));

    public override LayerFile Open(string path, bool writable) =>
        new DiskFile(path, File.OpenHandle(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, Everyone));

    public override void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public override void Delete(string path) => File.Delete(path);

    public override void SyncDirectory(string path)
    {
        // Windows keeps its directories in a journal of its own and has no such call.
        if (!OperatingSystem.IsWindows())
        {
            Posix.SyncDirectory(path);
        }
    }

    public override IDisposable? TryLock(string path)
    {
        try
        {
            // On Unix FileShare.None is an exclusive flock, which the kernel frees when the process ends, however it ends.
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault.HResult is WouldBlock or WouldBlockMac or WindowsSharingViolation)
        {
            return null;
        }
    }

    public override long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;
}
