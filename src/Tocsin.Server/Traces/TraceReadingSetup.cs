using Tocsin.Server.Traces.Regressions;

namespace Tocsin.Server.Traces;

static class TraceReadingSetup
{
    public static IServiceCollection AddTraceReading(this IServiceCollection services) =>
        services
            .AddSingleton<TraceReading>()
            .AddSingleton<PageLoads>()
            .AddSingleton<TraceList>()
            .AddSingleton<SpanDetails>()
            .AddSingleton<UsualDurations>()
            .AddSingleton(new RegressionOptions())
            .AddSingleton<RegressionSearch>()
            .AddSingleton<RegressionWatch>()
            .AddHostedService(provider => provider.GetRequiredService<RegressionWatch>());
}
