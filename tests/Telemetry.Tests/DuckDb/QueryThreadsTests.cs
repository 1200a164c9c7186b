using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public class QueryThreadsTests
{
    readonly QueryThreads threads = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thread_that_has_answered_takes_the_next_question()
    {
        var first = await threads.RunAsync(() => Thread.CurrentThread, Stop);

        // It is given to whoever waits before the thread is free again.
        SpinWait.SpinUntil(() => first.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(5));

        (await threads.RunAsync(() => Thread.CurrentThread, Stop)).ShouldBe(first);
        first.IsThreadPoolThread.ShouldBeFalse();
    }

    [Fact]
    public async Task As_many_questions_as_come_run_at_once()
    {
        const int questions = 12;
        using var all = new Barrier(questions);

        for (var round = 0; round < 3; round++)
        {
            var met = await Task.WhenAll(
                Enumerable.Range(0, questions).Select(_ => threads.RunAsync(() => all.SignalAndWait(5_000, Stop), Stop))
            );

            met.ShouldAllBe(others => others);
        }
    }
}
