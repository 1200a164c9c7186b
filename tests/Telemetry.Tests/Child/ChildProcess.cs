using System.Diagnostics;

namespace Telemetry.Tests.Child;

/// <summary>This test assembly in a process of its own, so that what kills it kills no test.</summary>
sealed class ChildProcess : IDisposable
{
    readonly Process process;

    ChildProcess(Process process) => this.process = process;

    public static ChildProcess Start(string chore, string directory, params string[] more) =>
        Start([.. Self, "child", chore, directory, .. more]);

    /// <summary>
    /// No file of the child grows past the limit until <see cref="LiftFileLimitAsync"/>: writing fails as on a full disk, with another number. The
    /// runtime maps memory through a file larger than that unless it is told not to.
    /// </summary>
    public static ChildProcess StartWithFileLimit(int kibibytes, string chore, string directory)
    {
        string[] limited =
        [
            "bash",
            "-c",
            $"trap '' XFSZ; ulimit -S -f {kibibytes}; DOTNET_EnableWriteXorExecute=0 exec \"$@\"",
            "bash",
        ];
        return Start([.. limited, .. Self, "child", chore, directory]);
    }

    public async Task LiftFileLimitAsync(CancellationToken cancellation)
    {
        using var prlimit = Process.Start(new ProcessStartInfo("prlimit", ["--pid", $"{process.Id}", "--fsize=unlimited"]))!;
        await prlimit.WaitForExitAsync(cancellation);
        prlimit.ExitCode.ShouldBe(0);
    }

    static IReadOnlyList<string> Self =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [Environment.ProcessPath!, typeof(ChildProcess).Assembly.Location]
            : [Environment.ProcessPath!];

    static ChildProcess Start(IReadOnlyList<string> command) =>
        new(
            Process.Start(
                new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!
        );

    public async Task<string?> LineAsync(CancellationToken cancellation) =>
        await process.StandardOutput.ReadLineAsync(cancellation);

    /// <summary>SIGKILL: no handler runs, nothing is flushed. The lines that were printed before can still be read.</summary>
    public void Kill() => process.Kill();

    public async Task<(int ExitCode, string Output)> EndAsync(CancellationToken cancellation)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        process.Dispose();
    }
}
