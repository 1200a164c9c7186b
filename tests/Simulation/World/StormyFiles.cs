using Faults;
using Tocsin.Journal;
using Tocsin.Journal.Files;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;

namespace Simulation.World;

/// <summary>
/// The files of one process on a memory disk in a storm. A crash leaves what the call had done so far; after it every call fails, as for a
/// process that is gone. A failed sync makes the disk forget what was not synced.
/// </summary>
sealed class StormyFiles(MemoryDisk disk, Random chance, Bug bug) : FileLayer
{
    const int EIo = 5;

    readonly Random chance = chance;
    readonly Bug bug = bug;

    public Storm Storm { get; set; } = Storm.None;

    public bool IsDead { get; private set; }

    /// <summary>From now on the process is gone.</summary>
    public void Die() => IsDead = true;

    public override void CreateDirectory(string path) => Live(() => disk.CreateDirectory(path));

    public override IReadOnlyList<string> List(string directory, string pattern) => Live(() => disk.List(directory, pattern));

    public override bool Exists(string path) => Live(() => disk.Exists(path));

    public override LayerFile Create(string path)
    {
        Meet(Storm.OfName(chance), path);
        return new StormyFile(this, disk.Create(path));
    }

    public override LayerFile Open(string path, bool writable) => Live(() => new StormyFile(this, disk.Open(path, writable)));

    public override void Rename(string from, string to)
    {
        Meet(Storm.OfName(chance), from);
        disk.Rename(from, to);
    }

    public override void Delete(string path)
    {
        Meet(Storm.OfName(chance), path);
        disk.Delete(path);
    }

    public override void SyncDirectory(string path)
    {
        Meet(Storm.OfSync(chance), path);
        disk.SyncDirectory(path);
    }

    public override IDisposable? TryLock(string path) => disk.TryLock(path);

    public override long FreeBytes(string path) => Live(() => disk.FreeBytes(path));

    /// <summary>Somebody writes to another file of the same disk.</summary>
    public void Touch(string path)
    {
        var weather = Storm.OfWrite(chance);
        Meet(weather is Weather.ShortWrite ? Weather.DiskFull : weather, path);
    }

    void Meet(Weather weather, string path)
    {
        Live(() => true);
        switch (weather)
        {
            case Weather.Crash:
                Die();
                throw new CrashException();
            case Weather.DiskFull:
                throw FileFaults.DiskFull(path);
            case Weather.Broken:
                throw new IOException($"Input/output error: '{path}'", EIo);
        }
    }

    void Live(Action work)
    {
        Live(() =>
        {
            work();
            return true;
        });
    }

    T Live<T>(Func<T> work)
    {
        return IsDead ? throw new CrashException() : work();
    }

    sealed class StormyFile(StormyFiles files, LayerFile inner) : LayerFile
    {
        /// <summary>With the bugs: what was written last, still in the process.</summary>
        readonly List<(long Offset, byte[] Bytes)> late = [];

        bool IsPayload => Path.StartsWith(Life.PayloadDirectory, StringComparison.Ordinal);

        public override string Path => inner.Path;

        public override long Length => inner.Length;

        public override void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> parts)
        {
            if (IsPayload && files.bug is Bug.CommitBeforeData or Bug.SpansCommittedBeforeData)
            {
                WriteLate();
                foreach (var part in parts)
                {
                    if (files.bug == Bug.CommitBeforeData || HoldsSpans(part))
                    {
                        late.Add((offset, part.ToArray()));
                    }
                    else
                    {
                        inner.Write(offset, [part]);
                    }
                    offset += part.Length;
                }
                return;
            }
            var weather = files.Storm.OfWrite(files.chance);
            if (weather is Weather.Crash or Weather.ShortWrite && !files.IsDead)
            {
                // Some of it has reached the file.
                var whole = parts.SelectMany(part => part.ToArray()).ToArray();
                inner.Write(offset, [whole.AsMemory(0, files.chance.Next(whole.Length + 1))]);
            }
            files.Meet(weather is Weather.ShortWrite ? Weather.DiskFull : weather, Path);
            inner.Write(offset, parts);
        }

        void WriteLate()
        {
            foreach (var (offset, bytes) in late)
            {
                inner.Write(offset, [bytes]);
                inner.Sync();
            }
            late.Clear();
        }

        static bool HoldsSpans(ReadOnlyMemory<byte> part) =>
            PayloadFrame.Read(part.Span, withBody: false) is { } record && SpanFormat.Is(record.Columns.Span);

        public override int Read(long offset, Span<byte> into)
        {
            return files.IsDead ? throw new CrashException() : inner.Read(offset, into);
        }

        public override void Sync()
        {
            var weather = files.Storm.OfSync(files.chance);
            if (weather is Weather.Broken && !files.IsDead)
            {
                files.Forget(Path);
            }
            files.Meet(weather, Path);
            if (files.SkipsSyncOf(IsPayload, Path.EndsWith(".new", StringComparison.Ordinal)))
            {
                return;
            }
            inner.Sync();
        }

        public override void Truncate(long length)
        {
            files.Meet(files.Storm.OfName(files.chance), Path);
            inner.Truncate(length);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (!files.IsDead)
                {
                    WriteLate();
                }
                inner.Dispose();
            }
        }
    }

    void Forget(string path) => disk.Forget(path);

    bool SkipsSyncOf(bool payload, bool packed) =>
        bug
        == (
            packed ? Bug.PackedSyncSkipped
            : payload ? Bug.PayloadSyncSkipped
            : Bug.JournalSyncSkipped
        );
}
