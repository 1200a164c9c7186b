using System.Collections.Concurrent;
using Tocsin.Server.Metadata;

namespace Server.Tests.Hosting;

/// <summary>
/// A migrated metadata database for one test: a SQLite file, or a database on a real PostgreSQL when
/// <c>TOCSIN_TEST_METADATA=postgres</c>.
/// </summary>
sealed class TestMetadata : IAsyncDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("tocsin-metadata-").FullName;

    TestMetadata(MetadataDb db) => Db = db;

    static readonly ConcurrentDictionary<string, bool> Asked = new();

    static TestMetadata()
    {
        if (Environment.GetEnvironmentVariable("TOCSIN_TEST_ASKED") is { Length: > 0 } file)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(file, Asked.Keys.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>
    /// Whoever has metadata asks. The classes of tests that did are written to the file <c>TOCSIN_TEST_ASKED</c>, so that a run on the other
    /// engine needs no others.
    /// </summary>
    public static bool UsesPostgres
    {
        get
        {
            Asked.TryAdd(TestContext.Current.TestClass?.TestClassName ?? "*", true);
            return Environment.GetEnvironmentVariable("TOCSIN_TEST_METADATA") == "postgres";
        }
    }

    public MetadataDb Db { get; private set; }

    public FakeTime Time { get; } = new();

    public static async Task<TestMetadata> CreateAsync(bool migrate = true)
    {
        var metadata = new TestMetadata(null!);
        metadata.Db = UsesPostgres
            ? MetadataDb.Postgres(await (migrate ? PostgresServer.CreateMigratedAsync() : PostgresServer.CreateDatabaseAsync()))
            : MetadataDb.Sqlite(Path.Combine(metadata.directory, "metadata.db"));
        if (migrate)
        {
            await MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, CancellationToken.None);
        }
        return metadata;
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
