using Tocsin.Server.Issues.Search;

namespace Tocsin.Server.Issues;

static class IssuesSetup
{
    public static IServiceCollection AddIssues(this IServiceCollection services) =>
        services
            .AddSingleton<IssueQueries>()
            .AddSingleton<IssueEvents>()
            .AddSingleton<IssueCommands>()
            .AddSingleton<IssueActivity>()
            .AddSingleton<IssueSearchKeys>()
            .AddSingleton<IssueSearch>()
            .AddSingleton<IssueUpdateReader>()
            .AddSingleton<IssueListing>()
            .AddSingleton<IssueChanging>()
            .AddSingleton<IssueAgeing>()
            .AddHostedService(provider => provider.GetRequiredService<IssueAgeing>());
}
