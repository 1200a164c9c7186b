using System.Buffers;
using Faults;
using Tocsin.Journal;
using Tocsin.Journal.Segments;

namespace Journal.Tests.PowerLosses;

/// <summary>A busy life of a journal: several producers, a reader, releases, and an orderly restart halfway.</summary>
sealed class Workload(MemoryDisk disk, FileLayer files, int records)
{
    const int Producers = 4;

    public static SegmentJournalOptions Options { get; } =
        new()
        {
            Directory = "/data/journal",
            SegmentBytes = 4096,
            ReserveBytes = 0,
            RetryAfter = TimeSpan.FromMilliseconds(1),
        };

    int given;

    public async Task RunAsync()
    {
        var from = await LiveAsync(0, records / 2);
        await LiveAsync(from, records);
    }

    async Task<long> LiveAsync(long from, int until)
    {
        await using var journal = await OpenAsync(from);
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync(journal, from, stop.Token);
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(() => ProduceAsync(journal, until))));
        await stop.CancelAsync();
        return await reading;
    }

    async Task<SegmentJournal> OpenAsync(long from)
    {
        while (true)
        {
            try
            {
                return SegmentJournal.Open(Options with { AtLeast = from }, files, TimeProvider.System);
            }
            catch (IOException)
            {
                await Task.Delay(1);
            }
        }
    }

    async Task ProduceAsync(SegmentJournal journal, int until)
    {
        for (var number = Interlocked.Increment(ref given); number < until; number = Interlocked.Increment(ref given))
        {
            var record = new ReadOnlySequence<byte>(NumberedRecord.Write(number));
            while (true)
            {
                try
                {
                    var position = await journal
                        .AppendAsync(record, CancellationToken.None)
                        .AsTask()
                        .WaitAsync(TimeSpan.FromSeconds(60));
                    disk.Mark(new Acknowledged(position, number));
                    break;
                }
                catch (JournalUnavailableException)
                {
                    await Task.Delay(1);
                }
            }
        }
    }

    async Task<long> ReadAsync(SegmentJournal journal, long from, CancellationToken stop)
    {
        var next = from;
        using var reader = journal.OpenReader(from);
        for (var batches = 1; ; batches++)
        {
            try
            {
                using var batch = await reader.ReadAsync(2000, stop);
                foreach (var record in batch.Records)
                {
                    disk.Mark(new Seen(record.Position, NumberedRecord.Read(record.Bytes.ToArray()) ?? -1));
                }
                next = batch.Next;
            }
            catch (OperationCanceledException)
            {
                return next;
            }
            if (batches % 10 == 0)
            {
                disk.Mark(new Released(next));
                journal.Release(next);
            }
        }
    }
}
