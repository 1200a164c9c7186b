using Tocsin.Server.Explore.Histograms;
using Tocsin.Server.Explore.Levels;
using Tocsin.Server.Explore.Series;
using Tocsin.Server.Explore.Trends;
using Tocsin.Server.Explore.Vocabulary;

namespace Tocsin.Server.Explore;

static class ExploreSetup
{
    public static IServiceCollection AddExplore(this IServiceCollection services) =>
        services
            .AddSingleton<IssueNames>()
            .AddSingleton<QuestionReader>()
            .AddSingleton<SpanSearch>()
            .AddSingleton<QuestionCheck>()
            .AddSingleton<AnswerTips>()
            .AddSingleton<ExploreTables>()
            .AddSingleton<ExploreSeries>()
            .AddSingleton<TrendTables>()
            .AddSingleton<HistogramQueries>()
            .AddSingleton<VitalLevels>()
            .AddSingleton<Facets>()
            .AddSingleton<Words>()
            .AddSingleton<Distributions>();
}
