using System.IO.Pipelines;

namespace Simulation.World;

/// <summary>
/// Keeps every piece of asynchronous work until it is told to run one, and lets chance say which. Nothing of it runs anywhere else: work that
/// another thread brings would make two runs of one seed differ, and is an error.
/// </summary>
sealed class SeededScheduler(Random chance) : TaskScheduler
{
    readonly int thread = Environment.CurrentManagedThreadId;
    readonly List<Task> ready = [];
    volatile string? escaped;

    public bool HasWork => ready.Count > 0;

    public void RunOne()
    {
        if (escaped is not null)
        {
            throw new SimulationException($"Work came back from another thread: {escaped}");
        }
        var at = chance.Next(ready.Count);
        var task = ready[at];
        ready.RemoveAt(at);
        TryExecuteTask(task);
    }

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Where the reader of a request's body goes on.</summary>
    public PipeScheduler Pipes => new OnThis(this);

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            escaped = Environment.StackTrace;
            return;
        }
        ready.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => ready;

    sealed class OnThis(SeededScheduler scheduler) : PipeScheduler
    {
        public override void Schedule(Action<object?> action, object? state) =>
            Task.Factory.StartNew(action, state, CancellationToken.None, TaskCreationOptions.None, scheduler);
    }
}
