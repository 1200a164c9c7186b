using System.Globalization;
using Telemetry.Tests.Child;

namespace Telemetry.Tests.DuckDb;

/// <summary>A directory as a process leaves it that was killed while it applied batches: checkpointed rows and a log.</summary>
public sealed class KilledStore : IAsyncLifetime
{
    const long Batches = 60;
    const long LeastLog = 60_000;

    readonly TemporaryDirectory directory = new();

    /// <summary>The last position that was acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>
    /// The process rests between two batches when it is killed: killed within a checkpoint it would leave a log whose rows are in the file already,
    /// and damage to such a log shows nothing.
    /// </summary>
    public async ValueTask InitializeAsync()
    {
        using var child = ChildProcess.Start("apply", directory.Path, $"{Batches}", $"{LeastLog}");
        string? line;
        while ((line = await child.LineAsync(TestContext.Current.CancellationToken)) != Chores.Rests)
        {
            Acknowledged = Position(line);
        }
        child.Kill();
        await child.EndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A copy to do damage to.</summary>
    internal TemporaryDirectory Copy()
    {
        var copy = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(directory.Path))
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }
        return copy;
    }

    /// <summary>Kills the process once it has acknowledged so many batches more, and returns the last position of which it told.</summary>
    internal static async Task<long> ApplyAndKillAsync(string directory, long batches, CancellationToken cancellation)
    {
        using var child = ChildProcess.Start("apply", directory);
        var first = Position(await child.LineAsync(cancellation));
        var last = first;
        while (last < first + batches)
        {
            last = Position(await child.LineAsync(cancellation));
        }
        child.Kill();
        while (await child.LineAsync(cancellation) is { Length: > 0 } line)
        {
            last = Position(line);
        }
        return last;
    }

    static long Position(string? line) => long.Parse(line ?? "the child died early", CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync()
    {
        directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
