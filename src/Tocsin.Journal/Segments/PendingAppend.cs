using System.Buffers;

namespace Tocsin.Journal.Segments;

/// <summary>
/// A record that waits for its commit. Its bytes stay the caller's: they are read only between the claim and the completion, and
/// a cancellation frees them only before the claim.
/// </summary>
sealed class PendingAppend : TaskCompletionSource<long>
{
    const int Waiting = 0;
    const int Claimed = 1;
    const int Cancelled = 2;

    readonly CancellationTokenRegistration registration;
    int state;

    public PendingAppend(ReadOnlySequence<byte> record, CancellationToken cancellation)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Record = record;
        Checksum = Crc32C.Of(record);
        registration = cancellation.UnsafeRegister(static (append, token) => ((PendingAppend)append!).Cancel(token), this);
    }

    public ReadOnlySequence<byte> Record { get; }

    public uint Checksum { get; }

    public long Size => RecordFrame.SizeOf(Record.Length);

    public long Position { get; set; }

    public bool TryClaim()
    {
        registration.Unregister();
        return Interlocked.CompareExchange(ref state, Claimed, Waiting) == Waiting;
    }

    void Cancel(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
        {
            TrySetCanceled(cancellation);
        }
    }
}
