using System.Buffers;
using System.Diagnostics.Metrics;
using Dapper;
using Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Server.Tests.Hosting;
using Server.Tests.Projects;
using Tocsin.Journal;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;
using Tocsin.Protocol;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Retention;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using EventId = Tocsin.Protocol.EventId;

namespace Server.Tests.Pipeline;

/// <summary>
/// The way from the journal to the stores with real parts: journal, payload segments, DuckDB, metadata, the errors' pipeline. It can be
/// stopped, killed at a step, and started again on the same directories.
/// </summary>
sealed class PipelineHouse : IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly PipelineOptions options;
    ServiceProvider? services;
    IReadOnlyList<IHostedService> hosted = [];

    PipelineHouse(SomeProjects projects, PipelineOptions options)
    {
        Projects = projects;
        this.options = options;
    }

    public static PipelineOptions Quick { get; } =
        new()
        {
            Interval = TimeSpan.Zero,
            RetryFrom = TimeSpan.FromMilliseconds(5),
            RetryUpTo = TimeSpan.FromMilliseconds(50),
            DamageCheck = TimeSpan.FromMilliseconds(50),
        };

    /// <summary>For a worker that is held at a step and killed there: nothing goes on beside that step, as nothing does in a process that is gone.</summary>
    public static PipelineOptions Held { get; } = Quick with { PreparesAhead = false };

    public SomeProjects Projects { get; }
    public ProjectSnapshot Shop => Projects.Directory.All.Single(project => project.Slug == "shop");
    public FaultyFileLayer Files { get; } = new(new DiskFileLayer());
    public string TelemetryDirectory => Path.Combine(directory.Path, "telemetry");
    public string PayloadDirectory => Path.Combine(directory.Path, "payloads");
    public Journal Journal => Get<Journal>();
    public TelemetryStore Telemetry => Get<TelemetryStore>();
    public PayloadStore Payloads => Get<PayloadStore>();
    public PipelineHealth Health => Get<PipelineHealth>();
    public StepTrap Trap { get; } = new();
    public KeptLog Log { get; } = new();

    /// <summary>Whether the rooms of traces are there from the next start on; without them what they take waits in quarantine.</summary>
    public bool TakesTraces { get; set; }

    /// <summary>From the next start on.</summary>
    public IssueOptions Issues { get; set; } = new();

    /// <summary>Items that carry its words fail.</summary>
    public Poison Poison { get; } = new();

    public static async Task<PipelineHouse> BuildAsync(PipelineOptions? options = null)
    {
        var projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        return new(projects, options ?? Quick);
    }

    /// <summary>Looks when a test says so.</summary>
    public RetentionOptions Retention { get; set; } = new() { Look = TimeSpan.FromDays(1) };

    public static async Task<PipelineHouse> StartedAsync(PipelineOptions? options = null)
    {
        var house = await BuildAsync(options);
        await house.StartAsync();
        return house;
    }

    public T Get<T>()
        where T : notnull => services!.GetRequiredService<T>();

    /// <param name="withWorker">Otherwise it is started by itself, when all else runs.</param>
    public async Task StartAsync(bool withWorker = true)
    {
        var payloads = await PipelineSetup.OpenPayloadsAsync(
            Projects.Metadata.Db,
            Files,
            PayloadDirectory,
            CancellationToken.None
        );
        var telemetry = await DuckDbStore.OpenAsync(new(TelemetryDirectory), CancellationToken.None);
        var journal = SegmentJournal.Open(
            new() { Directory = Path.Combine(directory.Path, "journal"), AtLeast = telemetry.Applied },
            Files,
            TimeProvider.System
        );
        var registered = new ServiceCollection();
        if (TakesTraces)
        {
            registered.AddTraces();
        }
        this.services = registered
            .AddLogging(logging => logging.AddProvider(Log))
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Projects.Metadata.Db)
            .AddSingleton(Projects.Directory)
            .AddSingleton<Journal>(journal)
            .AddSingleton<TelemetryStore>(telemetry)
            .AddSingleton(payloads)
            .AddSingleton(CountryTable.None)
            .AddSingleton<ErrorMeter>()
            .AddIssueIntake(Issues)
            .AddSingleton<ErrorPipeline>()
            .AddSingleton<IItemPipeline>(services => new PoisonedPipeline(services.GetRequiredService<ErrorPipeline>(), Poison))
            .AddPipeline(options)
            .AddRetention(Retention)
            .BuildServiceProvider();
        Trap.Listen(this.services.GetRequiredService<IMeterFactory>());
        hosted = [.. this.services.GetServices<IHostedService>()];
        foreach (var service in hosted.Where(service => withWorker || service is not Worker))
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    public Task StartWorkerAsync() => hosted.OfType<Worker>().Single().StartAsync(CancellationToken.None);

    public async Task StopAsync()
    {
        foreach (var service in hosted)
        {
            await service.StopAsync(CancellationToken.None);
        }
        await CloseAsync();
    }

    /// <summary>Ends everything while the worker is held, as if the process were gone at that moment.</summary>
    public async Task KillAsync()
    {
        foreach (var service in hosted)
        {
            await service.StopAsync(new CancellationToken(canceled: true));
        }
        await CloseAsync();
        Trap.LetGo();
    }

    public Task SendAsync(params SomeEnvelope[] envelopes) => SendAsync(Microseconds(DateTimeOffset.UtcNow), envelopes);

    public async Task SendAsync(long received, params SomeEnvelope[] envelopes)
    {
        foreach (var envelope in envelopes)
        {
            var receipt = new Receipt
            {
                Door = Door.Envelope,
                ProjectId = Shop.Id,
                KeyId = Shop.Keys[0].Id,
                Received = received,
                EventId = envelope.EventId,
            };
            await AppendAsync(receipt, envelope.ToBytes());
        }
    }

    public async Task AppendAsync(Receipt receipt, byte[] body) => await AppendAsync(ReceiptFormat.Write(receipt, new(body)));

    public async Task AppendAsync(ReadOnlySequence<byte> record) => await Journal.AppendAsync(record, CancellationToken.None);

    /// <summary>Waits until everything sent is in all stores.</summary>
    public async Task DrainAsync(int seconds = 60)
    {
        var until = DateTimeOffset.UtcNow.AddSeconds(seconds);
        while (Journal.State.Released < Journal.End)
        {
            DateTimeOffset.UtcNow.ShouldBeLessThan(until, $"step {Health.Step}, error {Health.Error}");
            await Task.Delay(5);
        }
    }

    public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(Dataset dataset, params Selected[] select)
    {
        var aggregates = select.Any(part => part.Expression is Expression.Aggregate);
        var result = await Telemetry.QueryAsync(
            new()
            {
                Dataset = dataset,
                Range = TimeRange.All,
                Select = select,
                GroupBy = aggregates ? [.. select.Select(part => part.Expression).Where(part => part is Expression.Field)] : [],
                Limit = 100_000,
            },
            CancellationToken.None
        );
        result.Partial.ShouldBeFalse();
        return result.Rows;
    }

    public async Task<IReadOnlyList<T>> MetadataAsync<T>(string sql)
    {
        await using var connection = await Projects.Metadata.Db.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    /// <summary>Outcome and reason, as <c>invalid duplicate</c>, to quantity; only of error events unless another category is named.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OutcomesAsync(string category = DataCategory.Error)
    {
        var rows = await QueryAsync(
            Dataset.Outcomes,
            new("outcome", new Expression.Field("outcome")),
            new("reason", new Expression.Field("reason")),
            new("category", new Expression.Field("category")),
            new("sum", new Expression.Aggregate(AggregateKind.Sum, new Expression.Field("quantity")))
        );
        return rows.Where(row => (string)row[2]! == category)
            .ToDictionary(row => $"{(OutcomeKind)Convert.ToInt32(row[0])} {row[1]}".Trim(), row => Convert.ToInt64(row[3]));
    }

    /// <summary>The ledger: exactly these events are in every store, each once, and every count agrees.</summary>
    public async Task AuditAsync(IReadOnlyCollection<EventId> expected)
    {
        var rows = await QueryAsync(
            Dataset.Events,
            new("id", new Expression.Field("id")),
            new("issue", new Expression.Field("issue.id")),
            new("segment", new Expression.Field("payload.segment")),
            new("offset", new Expression.Field("payload.offset")),
            new("length", new Expression.Field("payload.length"))
        );
        rows.Select(row => new EventId((UInt128)row[0]!).ToString())
            .Order()
            .ShouldBe(expected.Select(id => id.ToString()).Order());
        var index = await MetadataAsync<IndexRow>("SELECT * FROM event_index");
        index
            .Select(row => EventId.From(row.EventHigh, row.EventLow).ToString())
            .Order()
            .ShouldBe(expected.Select(id => id.ToString()).Order());
        var byId = index.ToDictionary(row => EventId.From(row.EventHigh, row.EventLow));
        foreach (var row in rows)
        {
            var indexed = byId[new((UInt128)row[0]!)];
            Convert.ToInt64(row[1]).ShouldBe(indexed.IssueId);
            (Convert.ToInt64(row[2]), Convert.ToInt64(row[3]), Convert.ToInt64(row[4])).ShouldBe(
                (indexed.Segment, indexed.Offset, indexed.Length)
            );
            var location = new PayloadLocation((int)indexed.Day, (int)indexed.Segment, indexed.Offset, (int)indexed.Length);
            Payloads.Read(location).ShouldBeOfType<PayloadReading.Found>().Record.EventId.ShouldBe(new((UInt128)row[0]!));
        }
        var issues = await MetadataAsync<Issue>("SELECT * FROM issues");
        issues.Sum(issue => issue.TimesSeen).ShouldBe(expected.Count);
        foreach (var issue in issues)
        {
            index.Count(row => row.IssueId == issue.Id).ShouldBe((int)issue.TimesSeen);
        }
        (await OutcomesAsync()).GetValueOrDefault("Accepted").ShouldBe(expected.Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
        {
            await StopAsync();
        }
        Trap.Dispose();
        Log.Dispose();
        await Projects.DisposeAsync();
        directory.Dispose();
    }

    public static long Microseconds(DateTimeOffset moment) => Tocsin.Server.Metadata.Microseconds.From(moment);

    async Task CloseAsync()
    {
        var services = this.services!;
        this.services = null;
        hosted = [];
        Payloads(services).Dispose();
        await services.GetRequiredService<TelemetryStore>().DisposeAsync();
        await services.GetRequiredService<Journal>().DisposeAsync();
        Trap.Deafen();

        static PayloadStore Payloads(ServiceProvider services) => services.GetRequiredService<PayloadStore>();
    }

    sealed record IndexRow
    {
        public long EventHigh { get; init; }
        public long EventLow { get; init; }
        public long IssueId { get; init; }
        public long Day { get; init; }
        public long Segment { get; init; }
        public long Offset { get; init; }
        public long Length { get; init; }
    }
}
