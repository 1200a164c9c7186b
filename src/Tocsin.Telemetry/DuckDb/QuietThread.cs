using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>Work that may take as long as it likes: on a thread of its own, which the scheduler serves after those that somebody waits for.</summary>
static partial class QuietThread
{
    const int Niceness = 15;

    public static Task RunAsync(Action work) =>
        Task.Factory.StartNew(
            () =>
            {
                if (OperatingSystem.IsLinux())
                {
                    // Of this thread alone, which ends with the work.
                    _ = Nice(Niceness);
                }
                work();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);
}
