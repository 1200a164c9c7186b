using Tocsin.Server.Performance.Differences;
using Tocsin.Server.Performance.Services;
using Tocsin.Server.Performance.Vitals;

namespace Tocsin.Server.Performance;

static class PerformanceSetup
{
    public static IServiceCollection AddPerformance(this IServiceCollection services) =>
        services
            .AddSingleton<TransactionQueries>()
            .AddSingleton<TransactionRanking>()
            .AddSingleton<TransactionList>()
            .AddSingleton<TransactionTrends>()
            .AddSingleton<TransactionSummary>()
            .AddSingleton<TransactionSamples>()
            .AddSingleton<DifferenceQueries>()
            .AddSingleton<SuspectSpans>()
            .AddSingleton<RelatedIssues>()
            .AddSingleton<VitalQueries>()
            .AddSingleton<VitalReleases>()
            .AddSingleton<ServiceQueries>()
            .AddSingleton<ServiceMap>();
}
