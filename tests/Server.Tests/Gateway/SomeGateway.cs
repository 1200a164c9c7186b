using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Server.Tests.Hosting;
using Server.Tests.Projects;
using Tocsin.Journal;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Gateway;

/// <summary>The gateway on a real port, with a journal on disk and one project, whose key and id are those of the samples.</summary>
sealed class SomeGateway : IAsyncDisposable
{
    public const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
    public const long Project = 42;

    readonly WebApplication app;
    readonly SomeProjects projects;
    readonly TemporaryDirectory directory;

    SomeGateway(WebApplication app, SomeProjects projects, Journal journal, TemporaryDirectory directory)
    {
        this.app = app;
        this.projects = projects;
        this.directory = directory;
        Journal = journal;
        var addresses = app.Urls.Select(url => new Uri(url)).ToList();
        (Address, GrpcAddress) = (addresses[0], addresses[1]);
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }
    public Uri GrpcAddress { get; }
    public HttpClient Client { get; }
    public Journal Journal { get; }
    public SomeProjects Projects => projects;
    public FakeTime Time => projects.Metadata.Time;
    public long HeldBytes => Services.GetRequiredService<BodyBudget>().Held;
    public RefusalLedger Ledger => app.Services.GetRequiredService<RefusalLedger>();
    public IServiceProvider Services => app.Services;

    public static string Auth => $"Sentry sentry_version=7, sentry_client=test/1.0, sentry_key={Key}";

    /// <param name="options">What it takes.</param>
    /// <param name="files">Where the journal lies.</param>
    /// <param name="prefix">The path below which it answers.</param>
    /// <param name="around">What stands before the journal.</param>
    /// <param name="adjust">Other parts, after everything of the product is registered.</param>
    public static async Task<SomeGateway> StartAsync(
        GatewayOptions? options = null,
        FileLayer? files = null,
        string prefix = "",
        Func<Journal, Journal>? around = null,
        Action<IServiceCollection>? adjust = null
    )
    {
        options ??= new();
        var projects = await SomeProjects.CreateAsync();
        await projects.Commands.CreateAsync(
            new NewProject(projects.Organization, "Shop") { Id = Project, PublicKey = Key },
            CancellationToken.None
        );
        var directory = new TemporaryDirectory();
        var journal = SegmentJournal.Open(
            new() { Directory = Path.Combine(directory.Path, "journal") },
            files ?? new DiskFileLayer(),
            TimeProvider.System
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel, options);
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
        });
        builder
            .Services.AddSingleton<TimeProvider>(projects.Metadata.Time)
            .AddSingleton(projects.Directory)
            .AddSingleton<Journal>(_ => around?.Invoke(journal) ?? journal)
            .AddSingleton(new PipelineOptions())
            .AddSingleton<PipelineHealth>()
            .AddGateway(options);
        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseSingleSlashes();
        app.UsePathBase(prefix);
        app.UseGateway();
        await app.StartAsync();
        return new(app, projects, journal, directory);
    }

    public Task ChangeOptionsAsync(Func<ProjectOptions, ProjectOptions> change) =>
        projects.Commands.UpdateAsync(Project, new() { Options = change }, CancellationToken.None);

    public Task LimitKeyAsync(int count, int window) =>
        projects.Keys.UpdateAsync(
            Project,
            Key,
            new() { ChangesLimit = true, Limit = new(count, window) },
            CancellationToken.None
        );

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return Client.SendAsync(request);
    }

    /// <summary>To the envelope route, with the key in the header.</summary>
    public Task<HttpResponseMessage> SendAsync(string envelope, params (string Name, string Value)[] headers) =>
        PostAsync("/api/42/envelope/", Encoding.UTF8.GetBytes(envelope), [("X-Sentry-Auth", Auth), .. headers]);

    /// <summary>What clients sent, without the gateway's own counts.</summary>
    public async Task<List<(Receipt Receipt, byte[] Body)>> KeptAsync() =>
        (await RecordsAsync()).FindAll(record => record.Receipt.Door != Door.Outcomes);

    /// <summary>What the ledger has written until now.</summary>
    public async Task<List<RefusedCount>> RefusedAsync()
    {
        await Ledger.FlushAsync();
        return (await RecordsAsync())
            .Where(record => record.Receipt.Door == Door.Outcomes)
            .SelectMany(record => RefusedCount.Read(record.Body))
            .ToList();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Journal.DisposeAsync();
        await projects.DisposeAsync();
        directory.Dispose();
    }

    async Task<List<(Receipt Receipt, byte[] Body)>> RecordsAsync()
    {
        var records = new List<(Receipt, byte[])>();
        using var reader = Journal.OpenReader(0);
        var (next, end) = (0L, Journal.End);
        while (next < end && end > 0)
        {
            using var batch = await reader
                .ReadAsync(1 << 20, CancellationToken.None)
                .AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60));
            foreach (var record in batch.Records)
            {
                var (receipt, body) = ReceiptFormat.Read(record.Bytes);
                records.Add((receipt, body.ToArray()));
            }
            next = batch.Next;
        }
        return records;
    }
}
