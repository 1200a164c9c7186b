namespace Tocsin.Server.Releases;

static class ReleasesSetup
{
    public static IServiceCollection AddReleases(this IServiceCollection services) =>
        services
            .AddSingleton<ReleaseCommands>()
            .AddSingleton<ReleaseQueries>()
            .AddSingleton<ReleaseSearch>()
            .AddSingleton<ReleaseViews>()
            .AddSingleton<ReleaseMarks>();
}
