using Tocsin.Server.Explore.Series;

namespace Tocsin.Server.Explore;

static class ExploreSetup
{
    public static IServiceCollection AddExplore(this IServiceCollection services) =>
        services
            .AddSingleton<IssueNames>()
            .AddSingleton<QuestionReader>()
            .AddSingleton<ExploreTables>()
            .AddSingleton<ExploreSeries>()
            .AddSingleton<Facets>();
}
