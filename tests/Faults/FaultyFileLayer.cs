using Tocsin.Journal;
using Tocsin.Journal.Files;

namespace Faults;

/// <summary>Passes every call on to another layer, unless a fault was planted for it; remembers all calls. Thread-safe.</summary>
public sealed class FaultyFileLayer(FileLayer inner) : FileLayer
{
    readonly Lock gate = new();
    readonly List<(FileOperation Operation, Func<FileCall, bool> When, FileFault Fault, Action<FileCall>? Also)> planted = [];
    readonly List<FileCall> calls = [];
    readonly int[] counts = new int[Enum.GetValues<FileOperation>().Length];

    /// <summary>What the disk claims to have left; null asks the layer below.</summary>
    public long? Free { get; set; }

    public IReadOnlyList<FileCall> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>Plants a fault; the first that matches a call is used.</summary>
    /// <param name="when">Null: every call of the operation.</param>
    /// <param name="also">Runs before the fault does.</param>
    public void Plant(FileOperation operation, FileFault fault, Func<FileCall, bool>? when = null, Action<FileCall>? also = null)
    {
        lock (gate)
        {
            planted.Add((operation, when ?? (_ => true), fault, also));
        }
    }

    public void Heal()
    {
        lock (gate)
        {
            planted.Clear();
        }
    }

    public int Count(FileOperation operation) => Calls.Count(call => call.Operation == operation);

    public override void CreateDirectory(string path) => inner.CreateDirectory(path);

    public override IReadOnlyList<string> List(string directory, string pattern) =>
        Meet(FileOperation.List, directory) ? inner.List(directory, pattern) : [];

    public override bool Exists(string path) => inner.Exists(path);

    public override LayerFile Create(string path)
    {
        Meet(FileOperation.Create, path);
        return new FaultyFile(this, inner.Create(path));
    }

    public override LayerFile Open(string path, bool writable)
    {
        Meet(FileOperation.Open, path);
        return new FaultyFile(this, inner.Open(path, writable));
    }

    public override void Rename(string from, string to)
    {
        if (Meet(FileOperation.Rename, from))
        {
            inner.Rename(from, to);
        }
    }

    public override void Delete(string path)
    {
        if (Meet(FileOperation.Delete, path))
        {
            inner.Delete(path);
        }
    }

    public override void SyncDirectory(string path)
    {
        if (Meet(FileOperation.SyncDirectory, path))
        {
            inner.SyncDirectory(path);
        }
    }

    public override IDisposable? TryLock(string path) => inner.TryLock(path);

    public override long FreeBytes(string path)
    {
        Meet(FileOperation.FreeBytes, path);
        return Free ?? inner.FreeBytes(path);
    }

    /// <summary>True when the call is to be passed on; throws when it is to fail.</summary>
    internal bool Meet(FileOperation operation, string path, long offset = 0, long length = 0, Action<int>? shorten = null)
    {
        FileFault? fault;
        FileCall call;
        Action<FileCall>? also;
        lock (gate)
        {
            call = new FileCall(operation, path, ++counts[(int)operation], offset, length);
            calls.Add(call);
            (_, _, fault, also) = planted.FirstOrDefault(candidate => candidate.Operation == operation && candidate.When(call));
        }
        also?.Invoke(call);
        switch (fault)
        {
            case FileFault.Fails fails:
                throw fails.With(path);
            case FileFault.Shortens shortens:
                shorten?.Invoke(shortens.Bytes);
                throw FileFaults.DiskFull(path);
            case FileFault.Delays delays:
                Thread.Sleep(delays.Time);
                return true;
            case FileFault.Holds holds:
                // A test that failed in the meantime never opens the gate.
                return holds.Gate.Wait(TimeSpan.FromSeconds(60)) ? true : throw new TimeoutException();
            default:
                return fault is not FileFault.Lies;
        }
    }
}
