using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Traces;

static class TracesSetup
{
    /// <summary>What takes spans in.</summary>
    public static IServiceCollection AddTraces(this IServiceCollection services) =>
        services
            .AddSingleton<TraceMeter>()
            .AddSingleton<IItemPipeline, TransactionPipeline>()
            .AddSingleton<IItemPipeline, SpanPipeline>()
            .AddSingleton<IItemPipeline, OtlpPipeline>();
}
