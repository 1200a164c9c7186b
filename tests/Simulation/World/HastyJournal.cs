using System.Buffers;
using Tocsin.Journal;

namespace Simulation.World;

/// <summary>The planted bug of a position written early: whatever is released, everything is.</summary>
sealed class HastyJournal(Journal inner) : Journal
{
    public override long End => inner.End;
    public override JournalState State => inner.State;

    public override ValueTask<long> AppendAsync(ReadOnlySequence<byte> record, CancellationToken cancellation) =>
        inner.AppendAsync(record, cancellation);

    public override JournalReader OpenReader(long from) => inner.OpenReader(from);

    public override void Release(long below) => inner.Release(inner.End);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
