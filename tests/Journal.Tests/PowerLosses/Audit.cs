using System.Buffers;
using Faults;
using Tocsin.Journal.Segments;

namespace Journal.Tests.PowerLosses;

/// <summary>
/// Opens a journal on what a power loss left and compares it with what was known before: every acknowledged and every seen record
/// is there, at its place, whole; nothing else than whole records is shown; and the journal takes new ones.
/// </summary>
static class Audit
{
    const int AfterTheLoss = 1_000_000;

    /// <summary>Null when all is well, otherwise what is wrong.</summary>
    public static async Task<string?> FindFaultAsync(MemoryDisk disk, IReadOnlyCollection<object> facts)
    {
        var released = facts.OfType<Released>().Select(fact => fact.Below).DefaultIfEmpty(0).Max();
        var known = facts
            .OfType<Acknowledged>()
            .Select(fact => (fact.Position, fact.Number))
            .Concat(facts.OfType<Seen>().Select(fact => (fact.Position, fact.Number)))
            .Where(record => record.Position >= released)
            .ToHashSet();

        await using var journal = SegmentJournal.Open(Workload.Options, disk, TimeProvider.System);
        if (journal.End < released)
        {
            return $"the log ends at {journal.End}, before {released}, which a reader has passed";
        }
        if (await CompareAsync(journal, released, known) is { } fault)
        {
            return fault;
        }
        var end = journal.End;
        var added = await journal.AppendAsync(
            new ReadOnlySequence<byte>(NumberedRecord.Write(AfterTheLoss)),
            CancellationToken.None
        );
        disk.Mark(new Acknowledged(added, AfterTheLoss));
        known.Add((added, AfterTheLoss));
        return added < end ? $"position {added} was given again" : await CompareAsync(journal, released, known);
    }

    static async Task<string?> CompareAsync(SegmentJournal journal, long released, HashSet<(long, int)> known)
    {
        var missing = new HashSet<(long, int)>(known);
        var last = -1L;
        foreach (var (position, bytes) in (await Reading.AllAsync(journal, released)).Records)
        {
            if (position <= last)
            {
                return $"record at {position} comes after {last}";
            }
            if (NumberedRecord.Read(bytes) is not { } number)
            {
                return $"torn record at {position}";
            }
            last = position;
            missing.Remove((position, number));
        }
        return missing.Count == 0 ? null : $"{missing.Count} known records are lost, first {missing.Min()}";
    }
}
