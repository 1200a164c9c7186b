using System.Runtime.InteropServices;

namespace Tocsin.Telemetry;

/// <summary>Work that nobody waits for on the other end of a connection: the scheduler serves it after what somebody does wait for.</summary>
public static partial class QuietThread
{
    /// <summary>Of work that may take as long as it likes.</summary>
    const int LongWork = 15;

    /// <summary>
    /// Lowers the calling thread's place in the scheduler's order for good; 19 is the lowest niceness there is. Threads that it starts begin
    /// where it is. Only Linux has this for a single thread: elsewhere it does nothing.
    /// </summary>
    public static void StepBack(int niceness)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Nice(niceness);
        }
    }

    /// <summary>On a thread of its own, which ends with the work.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it began.</exception>
    public static Task RunAsync(Action work, CancellationToken cancellation) =>
        Task.Factory.StartNew(
            () =>
            {
                StepBack(LongWork);
                work();
            },
            cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);
}
