using System.Collections.Concurrent;
using Tocsin.Telemetry;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// The threads that digest: one for each processor, apart from the pool and behind it in the scheduler's order. On the pool's threads an
/// answer to a client would wait until a piece of a batch is computed; here it takes the processor at once. What is left of the machine is
/// digestion's, and the journal holds what that is not enough for.
/// </summary>
sealed class DigestionThreads : TaskScheduler, IDisposable
{
    /// <summary>A third of the weight of what answers: enough to stay behind it, and not to starve beside other programs of the machine.</summary>
    internal const int Niceness = 5;

    [ThreadStatic]
    static DigestionThreads? ofThisThread;

    /// <summary>Null ends the thread that takes it.</summary>
    readonly BlockingCollection<Task?> waiting = [];

    /// <summary>Where the caller may divide its work: among these threads if it runs on one of them, otherwise on the pool.</summary>
    public static ParallelOptions Division => new() { TaskScheduler = ofThisThread ?? Default };

    public DigestionThreads()
    {
        for (var i = 0; i < MaximumConcurrencyLevel; i++)
        {
            new Thread(Run) { IsBackground = true, Name = "digestion" }.Start();
        }
    }

    public override int MaximumConcurrencyLevel { get; } = Environment.ProcessorCount;

    protected override void QueueTask(Task task) => waiting.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ofThisThread == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => waiting.OfType<Task>();

    void Run()
    {
        QuietThread.StepBack(Niceness);
        ofThisThread = this;
        while (waiting.Take() is { } task)
        {
            TryExecuteTask(task);
        }
    }

    /// <summary>The threads end when they have done what was queued before; what comes later is never begun.</summary>
    public void Dispose()
    {
        for (var i = 0; i < MaximumConcurrencyLevel; i++)
        {
            waiting.Add(null);
        }
    }
}
