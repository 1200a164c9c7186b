using System.Runtime.CompilerServices;
using Bench.Load;
using Bench.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;

namespace Bench.Disk;

/// <summary>
/// What errors take on the disk, store by store, beside <c>gzip -6</c> of the same bodies; and what a trained dictionary would save of the
/// payload segments. Every body is another one, made of captured events as <see cref="Corpus"/> says.
/// </summary>
/// <param name="events">A body comes again when 6 000 others were between, which no window of a compressor reaches back over.</param>
/// <param name="issues">Come in turns.</param>
/// <param name="users">The same; with each issue come as many as the numbers have it.</param>
sealed class DiskBench(int events, int issues, int users)
{
    const int Bodies = 6_000;

    /// <param name="withTrial">Of settings and dictionaries.</param>
    public async Task<int> RunAsync(bool withTrial)
    {
        var corpus = Corpus.Build(new() { Mix = "errors", Bodies = Bodies });
        using var directory = new BenchDirectory();
        var metadata = Path.Combine(directory.Path, "metadata.db");
        var payloadDirectory = Path.Combine(directory.Path, "payloads");
        var gzip = (double)corpus.Gzip * events;
        Say($"{events} errors of {issues} issues and {users} users: {corpus.Plain} B each, {corpus.Gzip} B with gzip -6");
        await using (var db = MetadataDb.Sqlite(metadata))
        {
            using var projects = await PipelineBench.ProjectsAsync(db);
            await using var journal = SegmentJournal.Open(
                new() { Directory = Path.Combine(directory.Path, "journal") },
                new DiskFileLayer(),
                TimeProvider.System
            );
            await FillAsync(journal, corpus);
            using var payloads = await PipelineSetup.OpenPayloadsAsync(
                db,
                new DiskFileLayer(),
                payloadDirectory,
                CancellationToken.None
            );
            await using var telemetry = await DuckDbStore.OpenAsync(
                new(Path.Combine(directory.Path, "telemetry")),
                CancellationToken.None
            );
            await using var services = new ServiceCollection()
                .AddLogging()
                .AddMetrics()
                .AddSingleton(TimeProvider.System)
                .AddSingleton(db)
                .AddSingleton(projects)
                .AddSingleton<Tocsin.Journal.Journal>(journal)
                .AddSingleton<TelemetryStore>(telemetry)
                .AddSingleton(payloads)
                .AddSingleton(CountryTable.None)
                .AddErrors()
                .AddIssueIntake(new() { NewPerHour = null })
                .AddPipeline(new())
                .BuildServiceProvider();
            var worker = services.GetServices<IHostedService>().OfType<Worker>().Single();
            await worker.StartAsync(CancellationToken.None);
            while (journal.State.Released < journal.End)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
            await worker.StopAsync(CancellationToken.None);
            Report("rows, as they came", telemetry.Days.Sum(day => day.Bytes), gzip);
            foreach (var day in telemetry.Days)
            {
                await telemetry.CloseAsync(day.Day, CancellationToken.None);
            }
            var rows = telemetry.Days.Sum(day => day.Bytes);
            Report("rows, closed", rows, gzip);
            var bodies = payloads.Days.Sum(payloads.BytesOf);
            Report("payload segments", bodies, gzip);
            foreach (var day in payloads.Days)
            {
                payloads.Pack(day, CancellationToken.None);
            }
            bodies = payloads.Days.Sum(payloads.BytesOf);
            Report("payload segments, packed", bodies, gzip);
            await using (var connection = await db.OpenAsync(CancellationToken.None))
            {
                await Dapper.SqlMapper.ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
            var index = db.FileBytes;
            Report("metadata", index, gzip);
            Report("all", rows + bodies + index, gzip);
            if (withTrial)
            {
                Trial(payloads, gzip);
            }
        }
        return 0;
    }

    async Task FillAsync(SegmentJournal journal, Corpus corpus)
    {
        foreach (var numbers in Enumerable.Range(0, events).Chunk(500))
        {
            await Task.WhenAll(
                numbers.Select(number =>
                {
                    var body = corpus.Bodies[number % Bodies];
                    byte[] bytes =
                    [
                        .. body.Begin(Tocsin.Protocol.EventId.New().ToString(), number % issues, number % users),
                        .. body.Rest,
                    ];
                    return journal.AppendAsync(ReceiptFormat.Write(Receipt(), new(bytes)), CancellationToken.None).AsTask();
                })
            );
        }
    }

    /// <summary>The dictionary is trained on a third of the stored bodies and tried on the others, of which none was in it.</summary>
    void Trial(PayloadStore payloads, double gzip)
    {
        var stored = payloads
            .Days.SelectMany(day => payloads.Scan(day, (_, _) => { }))
            .Where(placed => placed.Record.Kind == PayloadKind.Item)
            .Take(Bodies)
            .Select(placed => payloads.Read(placed.Location))
            .OfType<PayloadReading.Found>()
            .Select(found => found.Record)
            .ToList();
        var columns = stored.ConvertAll(record => record.Columns.ToArray());
        var bodies = stored.ConvertAll(record => record.Body.ToArray());
        Say(
            $"bodies as stored, plain: {bodies.Average(body => body.Length):N0} B, columns {columns.Average(part => part.Length):N0} B"
        );
        foreach (var size in new[] { 1 << 20, 4 << 20, 8 << 20 })
        {
            var blocks = Blocks([.. stored.Select(record => (byte[])[.. record.Columns.Span, .. record.Body.Span])], size);
            foreach (var level in new[] { 9, 12 })
            {
                Try($"zstd {level}", blocks, block => ZstdDictionary.Compress(block, [], level), gzip);
            }
            foreach (var effort in Enum.GetValues<PackingEffort>())
            {
                using var packing = new Zstd.Packing(effort);
                Try($"{effort}", blocks, block => packing.Compress(block, new byte[block.Length]), gzip);
            }
        }
        foreach (var (name, parts) in new[] { ("bodies", bodies), ("columns", columns) })
        {
            var (training, rest) = (parts.Take(parts.Count / 3).ToList(), parts.Skip(parts.Count / 3).ToList());
            foreach (var size in new[] { 0, 32 << 10, 110 << 10 })
            {
                var dictionary = size == 0 ? [] : ZstdDictionary.Train(training, size);
                foreach (var level in new[] { 1, 3, 9 })
                {
                    var packed = rest.Average(part => ZstdDictionary.Compress(part, dictionary, level));
                    Say(
                        $"  {name}, zstd {level}, dictionary {dictionary.Length >> 10} KB: {packed:N0} B each, {packed * events / gzip:N2} of gzip -6"
                    );
                }
            }
        }
    }

    void Try(string name, List<byte[]> blocks, Func<byte[], int> compress, double gzip)
    {
        var started = Environment.CpuUsage.TotalTime;
        var packed = blocks.Sum(block => (long)compress(block));
        var rate = blocks.Sum(block => (long)block.Length) / (Environment.CpuUsage.TotalTime - started).TotalSeconds / 1e6;
        Say(
            $"  rows and bodies, {name}, blocks of {blocks[0].Length >> 20} MB: {packed / Bodies:N0} B each, {packed / (gzip / events * Bodies):N2} of gzip -6, {rate:N0} MB/s"
        );
    }

    static List<byte[]> Blocks(IReadOnlyList<byte[]> parts, int size)
    {
        var blocks = new List<byte[]>();
        var open = new List<byte>();
        foreach (var part in parts)
        {
            open.AddRange(part);
            if (open.Count >= size)
            {
                blocks.Add([.. open]);
                open.Clear();
            }
        }
        blocks.Add([.. open]);
        return blocks;
    }

    void Report(string what, long bytes, double gzip) =>
        Say($"{what, -26} {bytes / (double)events, 8:N0} B each  {bytes / gzip, 6:N2} of gzip -6");

    static Receipt Receipt() =>
        new()
        {
            Door = Door.Envelope,
            ProjectId = 1,
            KeyId = 1,
            Received = Microseconds.Now(TimeProvider.System),
            Encoding = "gzip",
        };

    static void Say(DefaultInterpolatedStringHandler line) => Console.WriteLine(line.ToStringAndClear());
}
