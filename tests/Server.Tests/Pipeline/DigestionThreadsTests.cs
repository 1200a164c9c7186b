using System.Collections.Concurrent;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

public sealed class DigestionThreadsTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly DigestionThreads threads = new();

    public void Dispose() => threads.Dispose();

    [Fact]
    public async Task Work_that_waits_and_divides_itself_stays_on_them()
    {
        var names = new ConcurrentBag<string?>();
        void Note() => names.Add(Thread.CurrentThread.Name);

        await OnThem(async () =>
        {
            Note();
            await Task.Delay(1, TestContext.Current.CancellationToken);
            Note();
            Parallel.For(0, 100, DigestionThreads.Division, _ => Note());
        });

        names.Count.ShouldBe(102);
        names.Distinct().ShouldBe(["digestion"]);
    }

    [Fact]
    public async Task While_all_of_them_compute_the_pool_still_answers()
    {
        using var release = new ManualResetEventSlim();
        using var busy = new CountdownEvent(threads.MaximumConcurrencyLevel);
        var computing = Enumerable
            .Range(0, threads.MaximumConcurrencyLevel)
            .Select(_ =>
                OnThem(() =>
                {
                    busy.Signal();
                    release.Wait(Patience);
                    return Task.CompletedTask;
                })
            )
            .ToArray();
        busy.Wait(Patience, TestContext.Current.CancellationToken).ShouldBeTrue();

        var answer = await Task.Run(() => Thread.CurrentThread.Name, TestContext.Current.CancellationToken).WaitAsync(Patience);

        answer.ShouldNotBe("digestion");
        release.Set();
        await Task.WhenAll(computing);
    }

    [Fact]
    public async Task They_come_after_the_threads_that_answer_in_the_schedulers_order()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives a single thread its own place.");

        var (theirs, ours) = (0, Niceness());
        await OnThem(() =>
        {
            theirs = Niceness();
            return Task.CompletedTask;
        });

        theirs.ShouldBe(Math.Min(19, ours + DigestionThreads.Niceness));
    }

    [Fact]
    public void Where_work_does_not_run_on_them_it_is_divided_on_the_pool() =>
        DigestionThreads.Division.TaskScheduler.ShouldBe(TaskScheduler.Default);

    Task OnThem(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, threads).Unwrap();

    /// <summary>Of the calling thread: the 19th field of its line, counted behind the name in brackets.</summary>
    static int Niceness()
    {
        var line = File.ReadAllText("/proc/thread-self/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[16], System.Globalization.CultureInfo.InvariantCulture);
    }
}
