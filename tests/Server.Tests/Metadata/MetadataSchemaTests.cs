using System.Data.Common;
using Dapper;
using Server.Tests.Hosting;
using Tocsin.Server.Metadata;

namespace Server.Tests.Metadata;

public class MetadataSchemaTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrating_twice_changes_nothing_the_second_time()
    {
        await using var metadata = await TestMetadata.CreateAsync(migrate: false);
        await MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, CancellationToken.None);
        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);
        var version = await MetadataSchema.VersionAsync(connection);
        metadata.Time.Advance(TimeSpan.FromDays(1));

        await MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, CancellationToken.None);

        version.ShouldBeGreaterThan(0);
        (await MetadataSchema.VersionAsync(connection)).ShouldBe(version);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(DISTINCT applied) FROM migrations")).ShouldBe(1);
    }

    [Fact]
    public async Task Processes_that_start_together_migrate_once()
    {
        await using var metadata = await TestMetadata.CreateAsync(migrate: false);

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, CancellationToken.None)))
        );

        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM migrations WHERE number = 1")).ShouldBe(1);
    }

    /// <summary>A name that is taken ends a migration in its middle, as a kill would.</summary>
    [Theory]
    [InlineData("quarantine", 0)]
    [InlineData("release_commits", 1)]
    [InlineData("dropped_days", 3)]
    [InlineData("issue_strands_parent", 5)]
    public async Task A_migration_that_ends_half_way_leaves_the_version_before_and_is_gone_on_with(string table, long before)
    {
        await using var whole = await TestMetadata.CreateAsync();
        await using var metadata = await TestMetadata.CreateAsync(migrate: false);
        await metadata.Db.WriteAsync(transaction => transaction.ExecuteAsync($"CREATE TABLE {table} (x BIGINT)"), Stop);

        await Should.ThrowAsync<DbException>(() => MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, Stop));

        (await VersionAsync(metadata)).ShouldBe(before);
        await metadata.Db.WriteAsync(transaction => transaction.ExecuteAsync($"DROP TABLE {table}"), Stop);
        await MetadataSchema.MigrateAsync(metadata.Db, metadata.Time, Stop);
        (await VersionAsync(metadata)).ShouldBe(await VersionAsync(whole));
    }

    static async Task<long> VersionAsync(TestMetadata metadata)
    {
        await using var connection = await metadata.Db.OpenAsync(Stop);
        return await MetadataSchema.VersionAsync(connection);
    }

    [Fact]
    public async Task A_sink_remembers_its_position_with_what_it_applied()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);

        (await AppliedPositions.ReadAsync(connection, "issues", CancellationToken.None)).ShouldBeNull();
        foreach (var position in (long[])[0, 17])
        {
            await metadata.Db.WriteAsync(
                transaction => AppliedPositions.SetAsync(transaction, "issues", position, CancellationToken.None),
                CancellationToken.None
            );
            (await AppliedPositions.ReadAsync(connection, "issues", CancellationToken.None)).ShouldBe(position);
        }
    }
}
