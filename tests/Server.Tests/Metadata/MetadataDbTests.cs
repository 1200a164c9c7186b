using Dapper;
using Microsoft.Data.Sqlite;
using Server.Tests.Hosting;
using SQLitePCL;
using Tocsin.Server.Metadata;

namespace Server.Tests.Metadata;

public class MetadataDbTests
{
    /// <summary>SQLITE_DBSTATUS_CACHE_SPILL: pages written within a transaction because the cache was full.</summary>
    const int PagesSpilled = 12;

    [Fact]
    public async Task A_write_that_throws_leaves_nothing()
    {
        await using var metadata = await TestMetadata.CreateAsync();

        await Should.ThrowAsync<InvalidOperationException>(() =>
            metadata.Db.WriteAsync(
                async transaction =>
                {
                    await transaction.ExecuteAsync("INSERT INTO settings (name, value) VALUES ('a', '1')");
                    throw new InvalidOperationException("stop");
                },
                CancellationToken.None
            )
        );

        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM settings")).ShouldBe(0);
    }

    [Fact]
    public async Task Writes_from_many_threads_all_arrive()
    {
        await using var metadata = await TestMetadata.CreateAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ =>
                    Task.Run(() =>
                        metadata.Db.WriteAsync(transaction => Changes.NoteAsync(transaction, "test"), CancellationToken.None)
                    )
                )
        );

        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);
        (await Changes.NumberAsync(connection, "test")).ShouldBe(50);
    }

    [Fact]
    public async Task Foreign_keys_are_enforced()
    {
        await using var metadata = await TestMetadata.CreateAsync();

        var write = () =>
            metadata.Db.WriteAsync(
                transaction => transaction.ExecuteAsync("INSERT INTO project_teams (project_id, team_id) VALUES (7, 8)"),
                CancellationToken.None
            );

        await write.ShouldThrowAsync<System.Data.Common.DbException>();
    }

    [Fact]
    public async Task A_commit_on_SQLite_is_synced_and_readers_do_not_wait_for_it()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        Assert.SkipWhen(metadata.Db.IsPostgres, "SQLite only");

        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);

        (await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode")).ShouldBe("wal");
        (await connection.ExecuteScalarAsync<long>("PRAGMA synchronous")).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_batch_changes_stays_in_memory_until_it_is_committed()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        Assert.SkipWhen(metadata.Db.IsPostgres, "SQLite only");
        var spilled = -1;

        await metadata.Db.WriteAsync(
            async transaction =>
            {
                // Two thousand pages, as many as a batch of events touches, and half of what fits into the cache.
                await transaction.ExecuteAsync(
                    """
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 4000)
                    INSERT INTO settings (name, value) SELECT 'page' || n, hex(zeroblob(950)) FROM numbers
                    """
                );
                var connection = (SqliteConnection)transaction.Connection;
                raw.sqlite3_db_status(connection.Handle, PagesSpilled, out spilled, out _, 0).ShouldBe(raw.SQLITE_OK);
            },
            CancellationToken.None
        );

        spilled.ShouldBe(0);
    }

    [Fact]
    public async Task Idle_connections_to_SQLite_can_be_let_go_and_come_back_when_they_are_needed()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        Assert.SkipWhen(metadata.Db.IsPostgres, "SQLite only");
        string log;
        await using (var connection = await metadata.Db.OpenAsync(CancellationToken.None))
        {
            log = connection.DataSource + "-wal";
        }
        File.Exists(log).ShouldBeTrue("a connection waits in the pool");

        metadata.Db.LetGo();

        // Whoever closes the last one takes the log with him.
        File.Exists(log).ShouldBeFalse();
        await metadata.Db.WriteAsync(transaction => Changes.NoteAsync(transaction, "test"), CancellationToken.None);
        await using var again = await metadata.Db.OpenAsync(CancellationToken.None);
        (await Changes.NumberAsync(again, "test")).ShouldBe(1);
    }

    [Fact]
    public async Task The_newer_of_the_two_SQLite_libraries_is_in_use()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        Assert.SkipWhen(metadata.Db.IsPostgres, "SQLite only");

        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);
        var version = Version.Parse((await connection.ExecuteScalarAsync<string>("SELECT sqlite_version()"))!);

        version.ShouldBeGreaterThanOrEqualTo(SystemSqlite.Version ?? new(3, 35));
    }

    [Fact]
    public async Task Booleans_are_zero_or_one_and_columns_fill_properties()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        await metadata.Db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(
                    """
                    INSERT INTO users (email, normalized_email, name, security_stamp, is_active, is_superuser, created)
                    VALUES ('a@example.com', 'A@EXAMPLE.COM', 'A', 's', @Yes, @No, 1)
                    """,
                    new { Yes = true, No = false }
                ),
            CancellationToken.None
        );

        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);
        var row = await connection.QuerySingleAsync<Row>("SELECT normalized_email, is_active, is_superuser, id FROM users");

        row.ShouldBe(new("A@EXAMPLE.COM", true, false, 1));
    }

    [Fact]
    public async Task Lists_of_text_and_numbers_work_on_both_engines()
    {
        await using var metadata = await TestMetadata.CreateAsync();
        await metadata.Db.WriteAsync(
            transaction => transaction.ExecuteAsync("INSERT INTO changes (subject, number) VALUES ('a', 1), ('b', 2), ('c', 3)"),
            CancellationToken.None
        );
        await using var connection = await metadata.Db.OpenAsync(CancellationToken.None);

        var some = new DynamicParameters();
        var named = await connection.QueryAsync<string>(
            $"SELECT subject FROM changes WHERE subject IN {SqlList.Of(["a", "c", "'"], some, "s")} ORDER BY subject",
            some
        );
        var none = new DynamicParameters();
        var empty = await connection.QueryAsync<string>(
            $"SELECT subject FROM changes WHERE subject IN {SqlList.Of([], none, "s")}",
            none
        );
        var numbered = await connection.QueryAsync<string>(
            $"SELECT subject FROM changes WHERE number IN {SqlList.Of([2])} OR number IN {SqlList.Of([])}"
        );

        named.ShouldBe(["a", "c"]);
        empty.ShouldBeEmpty();
        numbered.ShouldBe(["b"]);
    }

    sealed record Row(string NormalizedEmail, bool IsActive, bool IsSuperuser, long Id);
}
