using System.Diagnostics;
using Tocsin.Journal;
using Tocsin.Journal.Segments;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;

namespace Tocsin.Server.Hosting;

/// <summary>
/// The one place that chooses the engines of journal, payloads and telemetry. They are opened in an order that matters: the sinks first,
/// because the journal must not hand out a position that one of them has already applied.
/// </summary>
sealed class Stores(ServerOptions options, MetadataDb metadata, FileLayer files, TimeProvider time) : IAsyncDisposable
{
    PayloadStore? payloads;
    Task<TelemetryStore>? opening;
    TelemetryStore? telemetry;
    Journal.Journal? journal;

    public PayloadStore Payloads => payloads ?? throw NotOpen();
    public TelemetryStore Telemetry => telemetry ?? throw NotOpen();
    public Journal.Journal Journal => journal ?? throw NotOpen();

    /// <summary>Begins with the one that asks nothing of the metadata, on a thread of its own: it takes as long as all the others.</summary>
    public void Begin(CancellationToken cancellation) => opening ??= OpenTelemetryAsync(cancellation);

    async Task<TelemetryStore> OpenTelemetryAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.TelemetryDirectory);
        return await DuckDbStore.OpenAsync(
            options.Memory?.Limit(new DuckDbOptions(options.TelemetryDirectory)) ?? new(options.TelemetryDirectory),
            cancellation
        );
    }

    /// <summary>After the metadata is migrated.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        Begin(cancellation);
        payloads = await PipelineSetup.OpenPayloadsAsync(metadata, files, options.PayloadDirectory, cancellation);
        telemetry = await opening!;
        var applied = await MetadataCommit.PositionAsync(metadata, cancellation);
        journal = SegmentJournal.Open(
            new() { Directory = options.JournalDirectory, AtLeast = Math.Max(applied, telemetry.Applied) },
            files,
            time
        );
    }

    static UnreachableException NotOpen() => new("The stores are used before the start has opened them.");

    public async ValueTask DisposeAsync()
    {
        if (journal is not null)
        {
            await journal.DisposeAsync();
        }
        if (opening is not null)
        {
            await DisposeAsync(opening);
        }
        payloads?.Dispose();
    }

    /// <summary>Also of a start that failed elsewhere meanwhile.</summary>
    static async Task DisposeAsync(Task<TelemetryStore> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await opening.Result.DisposeAsync();
        }
    }
}

static class StoresSetup
{
    public static IServiceCollection AddStores(this IServiceCollection services) =>
        services
            .AddSingleton<FileLayer, Tocsin.Journal.Files.DiskFileLayer>()
            .AddSingleton<Stores>()
            .AddSingleton(provider => provider.GetRequiredService<Stores>().Payloads)
            .AddSingleton(provider => provider.GetRequiredService<Stores>().Telemetry)
            .AddSingleton(provider => provider.GetRequiredService<Stores>().Journal);
}
