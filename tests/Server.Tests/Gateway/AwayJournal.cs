using System.Buffers;
using Tocsin.Journal;

namespace Server.Tests.Gateway;

/// <summary>A journal that takes nothing while it is away.</summary>
sealed class AwayJournal(Journal inner) : Journal
{
    public bool IsAway { get; set; }

    public override long End => inner.End;

    public override JournalState State => inner.State;

    public override ValueTask<long> AppendAsync(ReadOnlySequence<byte> record, CancellationToken cancellation) =>
        IsAway
            ? ValueTask.FromException<long>(new JournalUnavailableException("It is away."))
            : inner.AppendAsync(record, cancellation);

    public override JournalReader OpenReader(long from) => inner.OpenReader(from);

    public override void Release(long below) => inner.Release(below);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
