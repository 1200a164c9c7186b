using System.Buffers;
using Tocsin.Journal;
using Tocsin.Server.Gateway;

namespace Server.Tests.Overload;

/// <summary>A journal that tells how many appends have begun. Forgets: the planted mistake of refusals that are counted and never written.</summary>
sealed class WatchedJournal(Journal inner, bool forgets) : Journal
{
    int begun;

    public int Begun => Volatile.Read(ref begun);

    public override long End => inner.End;

    public override JournalState State => inner.State;

    public override ValueTask<long> AppendAsync(ReadOnlySequence<byte> record, CancellationToken cancellation)
    {
        Interlocked.Increment(ref begun);
        return forgets && ReceiptFormat.Read(record.ToArray()).Receipt.Door == Door.Outcomes
            ? new(inner.End)
            : inner.AppendAsync(record, cancellation);
    }

    public override JournalReader OpenReader(long from) => inner.OpenReader(from);

    public override void Release(long below) => inner.Release(below);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
