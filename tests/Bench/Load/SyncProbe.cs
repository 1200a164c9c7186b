using System.Diagnostics;
using Bench.Yardsticks;

namespace Bench.Load;

/// <summary>What a small append and its fdatasync cost on the same disk in the same seconds: no durable answer can be faster.</summary>
static class SyncProbe
{
    public static async Task<Latencies> RunAsync(string directory, CancellationToken stop)
    {
        var latencies = new Latencies();
        var path = Path.Combine(directory, "probe");
        await using (var log = new GroupCommitLog(path))
        {
            var bytes = new byte[4096];
            while (!stop.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                await log.AppendAsync(bytes);
                latencies.Add(Stopwatch.GetElapsedTime(started));
                await Task.Delay(20, CancellationToken.None);
            }
        }
        File.Delete(path);
        return latencies;
    }
}
