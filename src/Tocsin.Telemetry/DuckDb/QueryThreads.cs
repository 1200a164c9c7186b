namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Threads for questions. The engine holds the thread that asks until it has the answer; of the pool's, those that answer clients would soon be
/// gone. One that has answered waits a while for the next question: to start one costs a third of a millisecond. There are as many as run at once.
/// </summary>
sealed class QueryThreads : TaskScheduler
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly object gate = new();
    readonly Queue<Task> waiting = [];
    int idle;

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, this);

    protected override void QueueTask(Task task)
    {
        lock (gate)
        {
            waiting.Enqueue(task);
            if (waiting.Count <= idle)
            {
                Monitor.Pulse(gate);
                return;
            }
        }
        new Thread(Run) { IsBackground = true, Name = "query" }.Start();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <summary>For debuggers, which see the threads anyway.</summary>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    void Run()
    {
        while (Take() is { } task)
        {
            TryExecuteTask(task);
        }
    }

    /// <summary>Null: nothing came for a while.</summary>
    Task? Take()
    {
        lock (gate)
        {
            idle++;
            while (waiting.Count == 0 && Monitor.Wait(gate, Patience)) { }
            idle--;
            return waiting.TryDequeue(out var task) ? task : null;
        }
    }
}
