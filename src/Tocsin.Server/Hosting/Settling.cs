using Tocsin.Server.Metadata;

namespace Tocsin.Server.Hosting;

/// <summary>
/// Gives memory back when the server comes to rest. The start and every burst of events leave a heap that is mostly empty; the collector
/// would keep it until the next burst, which on a small machine is memory that its neighbours could use.
/// </summary>
sealed class Settling(TimeProvider time, MetadataDb metadata) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>Allocating less than this between two looks is rest.</summary>
    const long Quiet = 8 << 20;

    /// <summary>A heap that grew by less since it was last settled is left alone.</summary>
    const long Worthwhile = 8 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        var (allocated, settled) = (0L, 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = GC.GetTotalAllocatedBytes();
            if (now - allocated < Quiet && now - settled > Worthwhile)
            {
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                metadata.LetGo();
                NativeHeap.LetGo();
                EngineCode.LetGo();
                settled = now;
            }
            allocated = now;
        }
    }
}
