using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests.DuckDb;

public class DuckDbUpgradeTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_an_older_version_gets_the_columns_it_lacks()
    {
        using var directory = new TemporaryDirectory();
        var older = new Table<EventRow>(Tables.Events.Name, [.. Tables.Events.Columns.SkipLast(1)]);
        using (var file = Database.Open(directory.DayFile(Some.Day)))
        using (var connection = file.Connect())
        {
            var catalog = Path.GetFileNameWithoutExtension(directory.DayFile(Some.Day));
            connection.Execute(older.Create($"\"{catalog}\""));
            older.Append(connection, catalog, Some.Events(2), position: 1);
        }

        await using var store = await directory.OpenStoreAsync();
        await store.ApplyAsync(Some.Batch(2, Some.Event(9) with { StackModules = "\nshop.cart\n" }), Cancellation);

        var result = await store.QueryAsync(
            Some.Query("id", "stack.module") with
            {
                OrderBy = [new(new Expression.Field("id"), false)],
            },
            Cancellation
        );
        result.Rows.Select(row => row[1]).ShouldBe([null, null, "\nshop.cart\n"]);
        store.Days.Single().Damage.ShouldBeNull();
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_packed_in_the_new_way_when_its_day_is_closed()
    {
        using var directory = new TemporaryDirectory();
        using (var file = Database.Open(directory.DayFile(Some.Day)))
        using (var connection = file.Connect())
        {
            var catalog = Path.GetFileNameWithoutExtension(directory.DayFile(Some.Day));
            connection.Execute(Tables.Events.Create($"\"{catalog}\""));
            Tables.Events.Append(connection, catalog, Some.Events(5_000), position: 1);
        }
        Packed(directory).ShouldBe(0);

        await using (var store = await directory.OpenStoreAsync())
        {
            (await store.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0].ShouldBe(5_000L);
            (await store.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
            (await store.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0].ShouldBe(5_000L);
        }

        Packed(directory).ShouldBePositive();
    }

    static long Packed(TemporaryDirectory directory)
    {
        using var file = Database.Open(directory.DayFile(Some.Day));
        using var connection = file.Connect();
        return (long)connection.Scalar("SELECT count(*) FROM pragma_storage_info('events') WHERE compression = 'DICT_FSST'")!;
    }

    [Fact]
    public async Task A_closed_day_of_an_older_version_gets_the_columns_it_lacks_and_can_be_closed_again()
    {
        using var directory = new TemporaryDirectory();
        await using (var store = await directory.OpenStoreAsync())
        {
            await store.ApplyAsync(Some.Batch(1, Some.Events(3)), Cancellation);
            (await store.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
        }
        using (var file = Database.Open(directory.DayFile(Some.Day)))
        using (var connection = file.Connect())
        {
            connection.Execute($"ALTER TABLE {Tables.Events.Name} DROP COLUMN {Tables.Events.Columns[^1].Name}");
        }

        await using var opened = await directory.OpenStoreAsync();

        var result = await opened.QueryAsync(Some.Query("stack.module"), Cancellation);
        result.Rows.Select(row => row[0]).ShouldBe([null, null, null]);
        (await opened.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
        opened.Days.Single().IsClosed.ShouldBeTrue();
        opened.Days.Single().Damage.ShouldBeNull();
    }

    [Fact]
    public async Task Files_of_many_days_are_opened_together()
    {
        using var directory = new TemporaryDirectory();
        await using (var store = await directory.OpenStoreAsync())
        {
            for (var day = 0; day < 30; day++)
            {
                await store.ApplyAsync(new(day + 1, Some.Day.AddDays(day)) { Events = Some.Events(3) }, Cancellation);
            }
        }

        await using var opened = await directory.OpenStoreAsync();

        opened.Days.Count.ShouldBe(30);
        (await opened.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0].ShouldBe(90L);
    }
}
