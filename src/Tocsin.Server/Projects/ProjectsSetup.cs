namespace Tocsin.Server.Projects;

static class ProjectsSetup
{
    public static IServiceCollection AddProjects(this IServiceCollection services) =>
        services
            .AddSingleton<ProjectDirectory>()
            .AddSingleton<ProjectCommands>()
            .AddSingleton<ProjectKeyCommands>()
            .AddSingleton<ProjectQueries>()
            .AddHostedService<ProjectDirectoryWatch>();
}
