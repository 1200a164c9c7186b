using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Regressions;

namespace Tocsin.Server.Traces;

static class TracesSetup
{
    /// <summary>What takes spans in.</summary>
    public static IServiceCollection AddTraces(this IServiceCollection services) =>
        services
            .AddSingleton<TraceMeter>()
            .AddSingleton<SegmentMemory>()
            .AddSingleton<IItemPipeline, TransactionPipeline>()
            .AddSingleton<IItemPipeline, SpanPipeline>()
            .AddSingleton<IItemPipeline, OtlpPipeline>()
            .AddSingleton<IItemPipeline, RegressionPipeline>();
}
