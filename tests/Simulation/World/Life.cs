using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Simulation.Stores;
using Tocsin.Journal;
using Tocsin.Journal.Segments;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Retention;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;

namespace Simulation.World;

/// <summary>One process from its start to its end, made of the product's own parts: gateway, journal, pipeline, payload segments, metadata.</summary>
sealed class Life : IAsyncDisposable
{
    /// <summary>Clients send four kinds of events to each project, and their spans show more.</summary>
    public const int NewIssuesPerHour = 3;

    public const string JournalDirectory = "/data/journal";
    public const string PayloadDirectory = "/data/payloads";

    readonly ServiceProvider services;
    Task working = Task.CompletedTask;

    Life(ServiceProvider services, SegmentJournal journal, MemoryTelemetryStore telemetry, MetadataDb metadata)
    {
        this.services = services;
        Journal = journal;
        Telemetry = telemetry;
        Metadata = metadata;
    }

    public SegmentJournal Journal { get; }
    public MemoryTelemetryStore Telemetry { get; }
    public MetadataDb Metadata { get; }
    public PayloadStore Payloads => services.GetRequiredService<PayloadStore>();
    public Reception Reception => services.GetRequiredService<Reception>();
    public PipelineHealth Health => services.GetRequiredService<PipelineHealth>();
    public IssueMerging Merging => services.GetRequiredService<IssueMerging>();
    public Rebuilds Rebuilds => services.GetRequiredService<Rebuilds>();

    /// <summary>Completed when the worker has given up, which it never should.</summary>
    public Task Working => working;

    public static async Task<Life> OpenAsync(
        string metadataFile,
        MemoryTelemetryStore telemetry,
        FileLayer files,
        SimulatedTime time,
        Calendar calendar,
        Bug bug
    )
    {
        var metadata = MetadataDb.Sqlite(metadataFile);
        PayloadStore? payloads = null;
        try
        {
            payloads = await OpenPayloadsAsync(metadata, files);
            await using var connection = await metadata.OpenAsync(CancellationToken.None);
            var applied = await AppliedPositions.ReadAsync(connection, MetadataCommit.Sink, CancellationToken.None) ?? 0;
            var journal = SegmentJournal.Open(
                new()
                {
                    Directory = JournalDirectory,
                    AtLeast = Math.Max(applied, telemetry.Applied),
                    SegmentBytes = 4096,
                    CommitsByHand = true,
                },
                files,
                time
            );
            return new(Compose(metadata, payloads, telemetry, journal, time, calendar, bug), journal, telemetry, metadata);
        }
        catch
        {
            payloads?.Dispose();
            await metadata.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to work, on the scheduler, until it is killed: a lock that one waits for with a token that may end it goes through the pool.</summary>
    public async Task StartAsync(SeededScheduler scheduler)
    {
        await services.GetRequiredService<ProjectDirectory>().RefreshAsync(CancellationToken.None);
        var worker = services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Worker>().Single();
        working = scheduler.Start(() => worker.RunAsync(CancellationToken.None));
        _ = scheduler.Start(() => Rebuilds.RunAsync(CancellationToken.None));
        _ = scheduler.Start(() => services.GetRequiredService<RetentionWatch>().RunAsync(CancellationToken.None));
        _ = scheduler.Start(() => services.GetRequiredService<RefusalLedger>().RunAsync(CancellationToken.None));
    }

    /// <summary>The process is gone: only what the operating system gives back is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Metadata.DisposeAsync();
        // A real process takes its threads and meters with it; thousands of lives in one would end at the system's limits.
        services.GetRequiredService<DigestionThreads>().Dispose();
        services.GetRequiredService<IMeterFactory>().Dispose();
    }

    /// <summary>Small segments and blocks, so that a short life has several.</summary>
    static async Task<PayloadStore> OpenPayloadsAsync(MetadataDb metadata, FileLayer files)
    {
        await using var connection = await metadata.OpenAsync(CancellationToken.None);
        var last = await LastBatch.ReadAsync(connection, CancellationToken.None);
        return PayloadStore.Open(files, PayloadDirectory, last?.PayloadEnd, segmentBytes: 8192, blockBytes: 2048);
    }

    static ServiceProvider Compose(
        MetadataDb metadata,
        PayloadStore payloads,
        MemoryTelemetryStore telemetry,
        SegmentJournal journal,
        SimulatedTime time,
        Calendar calendar,
        Bug bug
    )
    {
        var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory>()
            .AddSingleton(typeof(ILogger<>), typeof(Microsoft.Extensions.Logging.Abstractions.NullLogger<>))
            .AddMetrics()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(metadata)
            .AddSingleton<ProjectDirectory>()
            .AddSingleton<Journal>(bug == Bug.ReleasedEarly ? new HastyJournal(journal) : journal)
            .AddSingleton<TelemetryStore>(telemetry)
            .AddSingleton(payloads)
            .AddSingleton(CountryTable.None)
            .AddSingleton<ErrorMeter>()
            .AddIssueIntake(new() { NewPerHour = NewIssuesPerHour })
            .AddSingleton<IssueMerging>()
            .AddSingleton<IItemPipeline, ErrorPipeline>()
            .AddTraces()
            .AddGateway(new())
            .AddPipeline(
                new()
                {
                    BatchRecords = 4,
                    RetryFrom = TimeSpan.FromMilliseconds(100),
                    RetryUpTo = TimeSpan.FromSeconds(2),
                    Machine = time,
                }
            )
            .AddRetention(calendar.Options(bug));
        if (bug == Bug.SpansWithoutIdentity)
        {
            ForgetfulPipeline.PlantIn(services);
        }
        if (bug is Bug.StrandsNotCounted or Bug.StoredUnderParent or Bug.UsersCountedByStrand)
        {
            CarelessIntake.PlantIn(services, bug);
        }
        return services.BuildServiceProvider();
    }
}
