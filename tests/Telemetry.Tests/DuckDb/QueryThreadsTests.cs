using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

/// <summary>Who works on what DuckDB does.</summary>
public sealed class QueryThreadsTests : IDisposable
{
    readonly TemporaryDirectory directory = new();

    [Fact]
    public void DuckDB_has_no_threads_of_its_own_that_would_take_a_commit_away_from_who_waits_for_it()
    {
        using var engine = DuckDbEngine.Open(new(directory.Path) { Threads = 3 });

        engine.Row("SELECT current_setting('threads'), current_setting('external_threads')").ShouldBe([3L, 3L]);
    }

    [Fact]
    public async Task Queries_begin_and_end_beside_each_other_in_any_order()
    {
        using var engine = DuckDbEngine.Open(new(directory.Path) { Threads = 3 });

        await Parallel.ForAsync(
            0,
            200,
            TestContext.Current.CancellationToken,
            (_, _) =>
            {
                using var threads = engine.TakeAllThreads();
                using var connection = engine.Connect();
                connection.Scalar("SELECT count(*) FROM range(300000) r(i) WHERE i % 3 = 0").ShouldBe(100_000L);
                return ValueTask.CompletedTask;
            }
        );
    }

    [Fact]
    public void What_runs_without_them_ends_too()
    {
        using var engine = DuckDbEngine.Open(new(directory.Path) { Threads = 3 });
        engine.TakeAllThreads().Dispose();
        using var connection = engine.Connect();

        connection.Scalar("SELECT count(DISTINCT i % 1000) FROM range(1000000) r(i)").ShouldBe(1_000L);
    }

    public void Dispose() => directory.Dispose();
}
