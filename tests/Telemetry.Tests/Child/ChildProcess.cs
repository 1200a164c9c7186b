using System.Diagnostics;

namespace Telemetry.Tests.Child;

/// <summary>This test assembly in a process of its own, so that what kills it kills no test.</summary>
sealed class ChildProcess : IDisposable
{
    readonly Process process;

    ChildProcess(Process process) => this.process = process;

    public static ChildProcess Start(string chore, string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }
        foreach (var argument in new[] { "child", chore, directory })
        {
            start.ArgumentList.Add(argument);
        }
        return new(Process.Start(start)!);
    }

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
