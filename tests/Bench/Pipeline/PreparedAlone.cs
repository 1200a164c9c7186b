using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Text;
using Bench.Load;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Server.Gateway;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Bench.Pipeline;

/// <summary>What items are prepared with when nothing but their preparation is measured: a project, metrics, and no stores.</summary>
sealed class PreparedAlone : IAsyncDisposable
{
    readonly BenchDirectory directory;
    readonly MetadataDb db;
    readonly ProjectDirectory projects;
    readonly ServiceProvider services;

    PreparedAlone(BenchDirectory directory, MetadataDb db, ProjectDirectory projects)
    {
        this.directory = directory;
        this.db = db;
        this.projects = projects;
        services = new ServiceCollection().AddLogging().AddMetrics().BuildServiceProvider();
    }

    public static async Task<PreparedAlone> CreateAsync()
    {
        var directory = new BenchDirectory();
        var db = MetadataDb.Sqlite(Path.Combine(directory.Path, "metadata.db"));
        return new(directory, db, await PipelineBench.ProjectsAsync(db));
    }

    public IMeterFactory Meters => services.GetRequiredService<IMeterFactory>();

    /// <summary>Of an item of this type that came in an envelope.</summary>
    public ItemContext Context(string itemType) =>
        new()
        {
            Position = 1,
            Index = 0,
            Project = projects.Get(1)!,
            ItemType = itemType,
            Receipt = new()
            {
                Door = Door.Envelope,
                ProjectId = 1,
                KeyId = 1,
                Received = 1_790_000_000_000_000,
            },
        };

    /// <summary>
    /// An item of the load as the gateway would unpack it, with an id and a user of its own and without the fingerprint that the load gives it,
    /// so that its stack decides.
    /// </summary>
    public static ReadOnlyMemory<byte> Payload(Body body, int index)
    {
        var id = Convert.ToHexStringLower(BitConverter.GetBytes((UInt128)index + 1));
        var own = $$"""{"event_id":"{{id}}","user":{"id":"u{{index}}"},""";
        return new([.. Encoding.UTF8.GetBytes(own), .. Inflate(body.Rest)]);
    }

    public static byte[] Inflate(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        projects.Dispose();
        await db.DisposeAsync();
        directory.Dispose();
    }
}
