using Tocsin.Server.Metadata;

namespace Server.Tests.Hosting;

/// <summary>
/// A migrated metadata database for one test: a SQLite file, or a database on a real PostgreSQL when
/// <c>TOCSIN_TEST_METADATA=postgres</c>.
/// </summary>
sealed class TestMetadata : IAsyncDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("tocsin-metadata-").FullName;

    TestMetadata(MetadataDb db) => Db = db;

    public static bool UsesPostgres => Environment.GetEnvironmentVariable("TOCSIN_TEST_METADATA") == "postgres";

    public MetadataDb Db { get; private set; }

    public FakeTime Time { get; } = new();

    public static async Task<TestMetadata> CreateAsync(bool migrate = true)
    {
        var metadata = new TestMetadata(null!);
        metadata.Db = UsesPostgres
            ? MetadataDb.Postgres(await PostgresServer.CreateDatabaseAsync())
            : MetadataDb.Sqlite(Path.Combine(metadata._directory, "metadata.db"));
        if (migrate)
        {
            await MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, CancellationToken.None);
        }
        return metadata;
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
