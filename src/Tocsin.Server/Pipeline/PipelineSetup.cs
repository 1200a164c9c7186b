using Tocsin.Journal;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

static class PipelineSetup
{
    /// <summary>
    /// The worker and what shows it. Expects a <see cref="Journal.Journal"/>, a telemetry store, the projects, a migrated metadata database,
    /// a <see cref="PayloadStore"/> (see <see cref="OpenPayloadsAsync"/>) and the item pipelines.
    /// </summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton<PipelineHealth>()
            .AddSingleton<LiveUpdates>()
            .AddSingleton<StoredRows>()
            .AddSingleton<Rebuilds>()
            .AddSingleton<Recovery>()
            .AddSingleton(provider => new Preparation(
                provider.GetRequiredService<Projects.ProjectDirectory>(),
                [.. provider.GetServices<IItemPipeline>()],
                options
            ))
            .AddSingleton<Sorting>()
            .AddSingleton<Keeping>()
            .AddSingleton<MetadataCommit>()
            .AddSingleton<PoisonHunt>()
            .AddSingleton<DiskUse>()
            .AddSingleton<QuarantineQueries>()
            .AddSingleton<QuarantineReplay>()
            .AddSingleton<DigestionThreads>()
            .AddHostedService<Worker>()
            .AddHostedService(provider => provider.GetRequiredService<Rebuilds>());

    /// <summary>The payload segments, cut behind the last batch that the metadata applied.</summary>
    public static async Task<PayloadStore> OpenPayloadsAsync(
        MetadataDb db,
        FileLayer files,
        string directory,
        CancellationToken cancellation
    )
    {
        await using var connection = await db.OpenAsync(cancellation);
        var last = await LastBatch.ReadAsync(connection, cancellation);
        return PayloadStore.Open(files, directory, last?.PayloadEnd);
    }
}
