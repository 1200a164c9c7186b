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

    readonly object gate = new();
    readonly Queue<Action> first = [];
    readonly Queue<Action> then = [];
    readonly Rear rear;
    bool ended;

    /// <summary>Where the caller may divide its work: among these threads if it runs on one of them, otherwise on the pool.</summary>
    public static ParallelOptions Division => new() { TaskScheduler = ofThisThread is null ? Default : Current };

    /// <summary>For work on these threads that gives way to what is queued in the usual manner; elsewhere the caller's own scheduler.</summary>
    public static TaskScheduler Behind => ofThisThread?.rear ?? Current;

    public DigestionThreads()
    {
        rear = new(this);
        for (var i = 0; i < MaximumConcurrencyLevel; i++)
        {
            new Thread(Run) { IsBackground = true, Name = "digestion" }.Start();
        }
    }

    public override int MaximumConcurrencyLevel { get; } = Environment.ProcessorCount;

    protected override void QueueTask(Task task) => Add(first, () => TryExecuteTask(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ofThisThread == this && TryExecuteTask(task);

    /// <summary>For debuggers, which see the threads anyway.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    void Add(Queue<Action> queue, Action work)
    {
        lock (gate)
        {
            if (!ended)
            {
                queue.Enqueue(work);
                Monitor.Pulse(gate);
            }
        }
    }

    void Run()
    {
        QuietThread.StepBack(Niceness);
        ofThisThread = this;
        while (Take() is { } work)
        {
            work();
        }
    }

    /// <summary>Null: nothing comes any more.</summary>
    Action? Take()
    {
        lock (gate)
        {
            while (true)
            {
                if (first.TryDequeue(out var work) || then.TryDequeue(out work))
                {
                    return work;
                }
                if (ended)
                {
                    return null;
                }
                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>The threads end when they have done what was queued before; what comes later is never begun.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The same threads, for what gives way.</summary>
    sealed class Rear(DigestionThreads threads) : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => threads.MaximumConcurrencyLevel;

        protected override void QueueTask(Task task) => threads.Add(threads.then, () => TryExecuteTask(task));

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            ofThisThread == threads && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
