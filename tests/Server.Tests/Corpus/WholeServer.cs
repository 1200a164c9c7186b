using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Server.Tests.Hosting;
using Tocsin.Journal;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Corpus;

/// <summary>
/// The whole server behind a real port, with the organisation, project, key and token that the captured requests name, and a clock that
/// stands where theirs stood. With <c>TOCSIN_TEST_METADATA=postgres</c> its metadata lies on a real PostgreSQL.
/// </summary>
sealed class WholeServer : IAsyncDisposable
{
    public const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
    public const long Project = 42;

    readonly WebApplication app;
    readonly TemporaryDirectory data;

    WholeServer(WebApplication app, TemporaryDirectory data, MovedClock clock)
    {
        this.app = app;
        this.data = data;
        Clock = clock;
        Address = new(app.Urls.Single());
        Api = new() { BaseAddress = new(Address, "api/0/") };
        Api.DefaultRequestHeaders.Authorization = new("Bearer", "example");
    }

    public Uri Address { get; }
    public MovedClock Clock { get; }

    /// <summary>With the token of the captures.</summary>
    public HttpClient Api { get; }

    /// <param name="adjust">Other services, after everything of the product is registered.</param>
    public static async Task<WholeServer> StartAsync(Action<IServiceCollection>? adjust = null)
    {
        var data = new TemporaryDirectory();
        var clock = new MovedClock(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        var options = new ServerOptions
        {
            Data = data.Path,
            Listen = new(IPAddress.Loopback, 0),
            Url = new("http://tocsin.example"),
            BootstrapKey = Key,
            BootstrapProjectId = Project,
            Metadata = TestMetadata.UsesPostgres ? await PostgresServer.CreateMigratedAsync() : null,
        };
        var app = TocsinApp.Build(
            options,
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Logging.ClearProviders();
                adjust?.Invoke(builder.Services);
            }
        );
        (await app.PrepareAsync(CancellationToken.None)).ShouldBeOfType<FirstRunAnswer.Ready>();
        await app.StartAsync();
        await NameAsync(app.Services, clock);
        return new(app, data, clock);
    }

    /// <summary>Waits until all that was acknowledged is in every store.</summary>
    public async Task DrainAsync()
    {
        await app.Services.GetRequiredService<Tocsin.Server.Gateway.RefusalLedger>().FlushAsync();
        var (journal, health) = (Get<Journal>(), Get<PipelineHealth>());
        for (var waits = 0; journal.State.Released < journal.End; waits++)
        {
            waits.ShouldBeLessThan(6000, $"step {health.Step}, error {health.Error}");
            await Task.Delay(10);
        }
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public async Task<IReadOnlyList<T>> MetadataAsync<T>(string sql)
    {
        await using var connection = await Get<MetadataDb>().OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    /// <summary>The ledger: what became of how many, by kind, reason and category.</summary>
    public async Task<IReadOnlyList<(OutcomeKind Kind, string Reason, string Category, long Quantity)>> OutcomesAsync()
    {
        Expression[] keys = [new Expression.Field("outcome"), new Expression.Field("reason"), new Expression.Field("category")];
        var result = await Get<TelemetryStore>()
            .QueryAsync(
                new()
                {
                    Dataset = Dataset.Outcomes,
                    Range = TimeRange.All,
                    Select =
                    [
                        .. keys.Select((key, i) => new Selected($"key{i}", key)),
                        new("sum", new Expression.Aggregate(AggregateKind.Sum, new Expression.Field("quantity"))),
                    ],
                    GroupBy = keys,
                    Limit = 10_000,
                },
                CancellationToken.None
            );
        result.Partial.ShouldBeFalse();
        return
        [
            .. result.Rows.Select(row =>
                ((OutcomeKind)Convert.ToInt32(row[0]), (string)row[1]!, (string)row[2]!, Convert.ToInt64(row[3]))
            ),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        data.Dispose();
    }

    static async Task NameAsync(IServiceProvider services, TimeProvider time)
    {
        await services
            .GetRequiredService<MetadataDb>()
            .WriteAsync(
                async transaction =>
                {
                    await transaction.ExecuteAsync("UPDATE organizations SET slug = 'acme'");
                    await transaction.ExecuteAsync("UPDATE teams SET slug = 'core'");
                    await transaction.ExecuteAsync("UPDATE projects SET slug = 'shop'");
                    await ApiTokens.InsertAsync(
                        transaction,
                        new("captures", "example", ScopeSet.Every) { OrganizationId = 1 },
                        Microseconds.Now(time)
                    );
                },
                CancellationToken.None
            );
        await services.GetRequiredService<ProjectDirectory>().RefreshAsync(CancellationToken.None);
    }
}
