using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;

namespace Bench.Journal;

/// <summary>
/// What a durable append costs beside bare writes and syncs of the same bytes, interleaved in one run. Absolute figures are the
/// machine's; the ratio to the bare disk is ours.
/// </summary>
static class JournalBench
{
    const int RecordBytes = 4096;
    const int Rounds = 3;

    static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{RecordBytes}-byte records, {Time.TotalSeconds:N0} s each, {Rounds} rounds, interleaved");
        Console.WriteLine("what                     records/s   CPU µs/record   ack p50 / p99 / max ms");
        for (var round = 0; round < Rounds; round++)
        {
            Bare(batch: 32);
            await AppendAsync(producers: 32);
            Bare(batch: 1);
            await AppendAsync(producers: 1);
            await AppendAsync(producers: 256);
        }
        await ReadAsync();
        return 0;
    }

    /// <summary>The disk alone: one thread, one write and one sync for a batch as large as the producers together could make it.</summary>
    static void Bare(int batch)
    {
        using var directory = new BenchDirectory();
        using var file = new DiskFileLayer().Create(Path.Combine(directory.Path, "bare"));
        var bytes = new byte[batch * RecordBytes];
        new Random(1).NextBytes(bytes);
        var times = new List<double>();
        var measure = new Measure();
        for (long offset = 0; measure.Elapsed < Time; offset += bytes.Length)
        {
            var begun = Stopwatch.GetTimestamp();
            file.Write(offset, [bytes]);
            file.Sync();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        measure.Print($"bare, {batch} per sync", (long)times.Count * batch, times);
    }

    static async Task AppendAsync(int producers)
    {
        using var directory = new BenchDirectory();
        await using var journal = Open(directory);
        await journal.AppendAsync(Record(0), CancellationToken.None);
        var measure = new Measure();
        var times = await Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Run(() => ProduceAsync(producer))));
        var all = times.SelectMany(single => single).ToList();
        measure.Print($"journal, {producers} producers", all.Count, all);

        async Task<List<double>> ProduceAsync(int producer)
        {
            var record = Record(producer);
            var own = new List<double>();
            while (measure.Elapsed < Time)
            {
                var begun = Stopwatch.GetTimestamp();
                await journal.AppendAsync(record, CancellationToken.None);
                own.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                // What a worker does in the background: else the run would fill the disk.
                if (own.Count % 1000 == 0 && producer == 0)
                {
                    journal.Release(journal.End);
                }
            }
            return own;
        }
    }

    static async Task ReadAsync()
    {
        const int Records = 50_000;
        using var directory = new BenchDirectory();
        await using var journal = Open(directory);
        var record = Record(1);
        foreach (var _ in Enumerable.Range(0, Records / 500))
        {
            await Task.WhenAll(
                Enumerable.Range(0, 500).Select(_ => journal.AppendAsync(record, CancellationToken.None).AsTask())
            );
        }
        using var reader = journal.OpenReader(0);
        var measure = new Measure();
        var times = new List<double>();
        for (var read = 0; read < Records; )
        {
            var begun = Stopwatch.GetTimestamp();
            using var batch = await reader.ReadAsync(1 << 20, CancellationToken.None);
            read += batch.Records.Count;
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        measure.Print("read, batches of 1 MB", Records, times);
    }

    static SegmentJournal Open(BenchDirectory directory) =>
        SegmentJournal.Open(
            new SegmentJournalOptions { Directory = Path.Combine(directory.Path, "journal") },
            new DiskFileLayer(),
            TimeProvider.System
        );

    static ReadOnlySequence<byte> Record(int seed)
    {
        var bytes = new byte[RecordBytes];
        new Random(seed).NextBytes(bytes);
        return new ReadOnlySequence<byte>(bytes);
    }

    sealed class Measure
    {
        readonly long started = Stopwatch.GetTimestamp();
        readonly TimeSpan cpu = Environment.CpuUsage.TotalTime;

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

        public void Print(string what, long records, List<double> times)
        {
            var (elapsed, used) = (Elapsed, Environment.CpuUsage.TotalTime - cpu);
            times.Sort();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what, -24} {records / elapsed.TotalSeconds, 9:N0} {used.TotalMicroseconds / records, 15:N1}   {times[times.Count / 2]:N2} / {times[times.Count * 99 / 100]:N2} / {times[^1]:N1}"
                )
            );
        }
    }
}
