using Tocsin.Server.Explore.Series;
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
            .AddSingleton<ExploreTables>()
            .AddSingleton<ExploreSeries>()
            .AddSingleton<Facets>()
            .AddSingleton<Words>();
}
