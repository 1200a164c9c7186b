using System.IO.Enumeration;
using Tocsin.Journal;

namespace Faults;

/// <summary>
/// A disk in memory that records everything done to it, so that the states in which a power loss at any moment may legally leave
/// it can be produced: see <see cref="PowerLoss"/>. Thread-safe.
/// </summary>
public sealed class MemoryDisk : FileLayer
{
    readonly Dictionary<string, MemoryContent> names = new(StringComparer.Ordinal);
    readonly HashSet<string> directories = new(StringComparer.Ordinal) { "/" };
    readonly HashSet<string> locks = new(StringComparer.Ordinal);
    readonly List<DiskEvent> trace = [];
    int files;

    public MemoryDisk() { }

    /// <summary>A disk that a power loss left: what is there now is durable.</summary>
    internal MemoryDisk(IEnumerable<string> directories, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        this.directories.UnionWith(directories);
        foreach (var (path, bytes) in files)
        {
            var content = new MemoryContent(this.files++);
            content.Write(0, bytes);
            names.Add(path, content);
        }
        InitialDirectories = [.. this.directories];
        InitialFiles = names.ToDictionary(name => name.Key, name => (name.Value.Number, name.Value.ToArray()));
    }

    internal Lock Gate { get; } = new();

    internal IReadOnlyList<string> InitialDirectories { get; } = ["/"];

    internal IReadOnlyDictionary<string, (int Number, byte[] Bytes)> InitialFiles { get; } =
        new Dictionary<string, (int, byte[])>();

    internal IReadOnlyList<DiskEvent> Trace => With(() => trace.ToArray());

    /// <summary>Remembers a fact at this moment of the disk's history.</summary>
    public void Mark(object fact) => Record(new DiskEvent.Mark(fact), () => { });

    /// <summary>What a failed sync leaves: the file still reads as written, but nothing unsynced will ever reach the disk by a sync.</summary>
    public void Forget(string path) => Record(new DiskEvent.Forget(Find(path).Number), () => { });

    public byte[] Content(string path) => With(() => Find(path).ToArray());

    /// <summary>Changes bytes behind everyone's back, as a failing disk does.</summary>
    public void Damage(string path, Func<byte[], byte[]> damage)
    {
        lock (Gate)
        {
            var content = Find(path);
            var bytes = damage(content.ToArray());
            content.SetLength(bytes.Length);
            content.Write(0, bytes);
        }
    }

    /// <summary>The same files with no history and no locks.</summary>
    public MemoryDisk Copy() =>
        With(() => new MemoryDisk(directories, names.Select(name => KeyValuePair.Create(name.Key, name.Value.ToArray()))));

    public override void CreateDirectory(string path)
    {
        lock (Gate)
        {
            for (var at = path; at is not null && directories.Add(at); at = Path.GetDirectoryName(at))
            {
                trace.Add(new DiskEvent.Directory(at));
            }
        }
    }

    public override IReadOnlyList<string> List(string directory, string pattern) =>
        With<IReadOnlyList<string>>(() =>
            directories.Contains(directory)
                ?
                [
                    .. names
                        .Keys.Where(path =>
                            Path.GetDirectoryName(path) == directory
                            && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path))
                        )
                        .Order(StringComparer.Ordinal),
                ]
                : throw new DirectoryNotFoundException(directory)
        );

    public override bool Exists(string path) => With(() => names.ContainsKey(path));

    public override LayerFile Create(string path)
    {
        lock (Gate)
        {
            if (names.ContainsKey(path))
            {
                throw new IOException($"The file '{path}' already exists.");
            }
            var content = new MemoryContent(files++);
            Record(new DiskEvent.Link(path, content.Number), () => names.Add(path, content));
            return new MemoryFile(this, path, content);
        }
    }

    public override LayerFile Open(string path, bool writable) => With(() => new MemoryFile(this, path, Find(path)));

    public override void Rename(string from, string to)
    {
        lock (Gate)
        {
            var content = Find(from);
            Record(new DiskEvent.Link(to, content.Number), () => names[to] = content);
            Record(new DiskEvent.Unlink(from), () => names.Remove(from));
        }
    }

    public override void Delete(string path) => Record(new DiskEvent.Unlink(path), () => names.Remove(path));

    public override void SyncDirectory(string path) => Record(new DiskEvent.SyncDirectory(path), () => { });

    public override IDisposable? TryLock(string path) => With(() => locks.Add(path) ? new Held(this, path) : null);

    public override long FreeBytes(string path) => long.MaxValue;

    internal T With<T>(Func<T> look)
    {
        lock (Gate)
        {
            return look();
        }
    }

    internal void Record(DiskEvent happened, Action apply)
    {
        lock (Gate)
        {
            apply();
            trace.Add(happened);
        }
    }

    MemoryContent Find(string path) =>
        names.TryGetValue(path, out var content) ? content : throw new FileNotFoundException("No such file", path);

    sealed class Held(MemoryDisk disk, string path) : IDisposable
    {
        public void Dispose() => disk.With(() => disk.locks.Remove(path));
    }
}
