using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bench.Yardsticks;

/// <summary>One file, one thread: length, CRC-32C and bytes of all that wait with one write, one fdatasync, then all are answered.</summary>
sealed partial class GroupCommitLog : IAsyncDisposable
{
    readonly object gate = new();
    readonly SafeFileHandle file;
    readonly Thread thread;
    List<Waiting> waiting = [];
    bool closed;

    public GroupCommitLog(string path)
    {
        file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    public Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        var append = new Waiting(bytes);
        lock (gate)
        {
            waiting.Add(append);
            Monitor.Pulse(gate);
        }
        return append.Task;
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    void Run()
    {
        var (taken, parts, end) = (new List<Waiting>(), new List<ReadOnlyMemory<byte>>(), 0L);
        while (true)
        {
            lock (gate)
            {
                while (waiting.Count == 0 && !closed)
                {
                    Monitor.Wait(gate);
                }
                if (waiting.Count == 0)
                {
                    return;
                }
                (taken, waiting) = (waiting, taken);
            }
            foreach (var append in taken)
            {
                parts.Add(Head(append.Bytes.Span));
                parts.Add(append.Bytes);
            }
            RandomAccess.Write(file, parts, end);
            end += parts.Sum(part => (long)part.Length);
            Sync();
            taken.ForEach(append => append.SetResult());
            taken.Clear();
            parts.Clear();
        }
    }

    static byte[] Head(ReadOnlySpan<byte> bytes)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, bytes.Length);
        var crc = ~0u;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (var single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), ~crc);
        return head;
    }

    void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (fdatasync(file) != 0)
        {
            throw new IOException("fdatasync failed");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    sealed class Waiting(ReadOnlyMemory<byte> bytes) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public ReadOnlyMemory<byte> Bytes => bytes;
    }
}
