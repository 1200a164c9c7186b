using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Bench.Load;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;

namespace Bench.Pipeline;

/// <summary>
/// The worker alone, from a filled journal to all stores: events per second, CPU per event, and where the time goes. With the errors of
/// <see cref="SomeErrors"/>, or as <c>load</c> sends them.
/// </summary>
static class PipelineBench
{
    const int Events = 30_000;
    const int Issues = 2_000;

    /// <param name="asLoad">Events as <c>load</c> sends them, one of twenty a transaction of 100 spans.</param>
    /// <param name="inTurn">No batch is prepared beside a commit, so that the CPU of each step can be told.</param>
    public static async Task<int> RunAsync(bool asLoad, bool inTurn)
    {
        using var directory = new BenchDirectory();
        await using var db = MetadataDb.Sqlite(Path.Combine(directory.Path, "metadata.db"));
        using var projects = await ProjectsAsync(db);
        await using var journal = SegmentJournal.Open(
            new() { Directory = Path.Combine(directory.Path, "journal") },
            new DiskFileLayer(),
            TimeProvider.System
        );
        var bytes = await FillAsync(journal, asLoad ? LoadEnvelopes() : seed => SomeErrors.Envelope(seed, Issues));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Events} events, {bytes / Events} bytes each as received")
        );
        using var payloads = await PipelineSetup.OpenPayloadsAsync(
            db,
            new DiskFileLayer(),
            Path.Combine(directory.Path, "payloads"),
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
            .AddTraces()
            .AddIssueIntake(new() { NewPerHour = null })
            .AddPipeline(new() { PreparesAhead = !inTurn })
            .BuildServiceProvider();
        var worker = services.GetServices<IHostedService>().OfType<Worker>().Single();

        using var steps = new StepSums("tocsin.errors.step", withProcessor: false);
        using var worked = new StepSums("tocsin.pipeline.step.duration", withProcessor: true);
        var (cpu, started, collected) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        var (allocated, compiling) = (GC.GetTotalAllocatedBytes(), JitInfo.GetCompilationTime());
        await worker.StartAsync(CancellationToken.None);
        while (journal.State.Released < journal.End)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        var (elapsed, used) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
        compiling = JitInfo.GetCompilationTime() - compiling;
        await worker.StopAsync(CancellationToken.None);
        Print(services.GetRequiredService<PipelineHealth>(), elapsed, used, GC.GetTotalPauseDuration() - collected);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(GC.GetTotalAllocatedBytes() - allocated) / Events:N0} bytes allocated per event, collections: {GC.CollectionCount(0)} · {GC.CollectionCount(1)} · {GC.CollectionCount(2)}; beside it {compiling.TotalMicroseconds / Events:N0} µs per event passed while code was compiled, on whichever thread needed it"
            )
        );
        if (inTurn)
        {
            Console.WriteLine("CPU of the process during each step, per event:");
            foreach (var (step, sum) in worked.Sums)
            {
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {step, -18} {sum.Processor.TotalMicroseconds / Events, 8:N1} µs"
                    )
                );
            }
        }
        Console.WriteLine("of prepare, the errors' own steps (time on a thread per event):");
        foreach (var (step, sum) in steps.Sums)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  {step, -18} {sum.Seconds * 1e6 / Events, 8:N1} µs")
            );
        }
        return 0;
    }

    static void Print(PipelineHealth health, TimeSpan elapsed, TimeSpan used, TimeSpan paused)
    {
        var memory = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Events / elapsed.TotalSeconds:N0} events/s, {used.TotalMicroseconds / Events:N0} µs CPU per event, {paused.TotalMilliseconds:N0} ms in collections, peak {memory} MB"
            )
        );
        foreach (var (count, quantity) in health.Outcomes.LastHour())
        {
            Console.WriteLine($"  {quantity} {OutcomeName.Of(count.Outcome)} {count.Reason}");
        }
        foreach (var step in PipelineHealth.Steps)
        {
            var (median, p95) = health.Timing(step);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  {step, -18} p50 {median, 8:N1} ms   p95 {p95, 8:N1} ms")
            );
        }
    }

    static Func<int, byte[]> LoadEnvelopes()
    {
        var options = new LoadOptions();
        var corpus = Corpus.Build(options);
        return seed =>
        {
            var body = corpus.Bodies[seed % corpus.Bodies.Count];
            var id = Convert.ToHexStringLower(BitConverter.GetBytes((UInt128)seed + 1));
            return [.. body.Begin(id, (int)(seed * 2_654_435_761L % options.Issues), seed % 50_000), .. body.Rest];
        };
    }

    static async Task<long> FillAsync(SegmentJournal journal, Func<int, byte[]> envelope)
    {
        var bytes = 0L;
        foreach (var seeds in Enumerable.Range(0, Events).Chunk(500))
        {
            var bodies = seeds.AsParallel().Select(envelope).ToList();
            bytes += bodies.Sum(body => (long)body.Length);
            await Task.WhenAll(
                bodies.Select(body =>
                    journal.AppendAsync(ReceiptFormat.Write(Receipt(), new(body)), CancellationToken.None).AsTask()
                )
            );
        }
        return bytes;
    }

    static Receipt Receipt() =>
        new()
        {
            Door = Door.Envelope,
            ProjectId = 1,
            KeyId = 1,
            Received = Microseconds.Now(TimeProvider.System),
            Encoding = "gzip",
        };

    internal static async Task<ProjectDirectory> ProjectsAsync(MetadataDb db)
    {
        await MetadataSchema.MigrateAsync(db, TimeProvider.System, CancellationToken.None);
        await db.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "INSERT INTO organizations (id, slug, name, created) VALUES (1, 'acme', 'Acme', 0)"
                );
                await transaction.ExecuteAsync(
                    "INSERT INTO projects (id, organization_id, slug, name, created) VALUES (1, 1, 'shop', 'Shop', 0)"
                );
            },
            CancellationToken.None
        );
        var projects = new ProjectDirectory(db);
        await projects.RefreshAsync(CancellationToken.None);
        return projects;
    }
}
