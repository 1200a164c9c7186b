using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Issues.Search;

namespace Tocsin.Server.Issues;

static class IssuesSetup
{
    /// <summary>What the pipelines call.</summary>
    public static IServiceCollection AddIssueIntake(this IServiceCollection services, IssueOptions options) =>
        services.AddSingleton(options).AddSingleton<IssueIntake>();

    public static IServiceCollection AddIssues(this IServiceCollection services, IssueOptions options) =>
        services
            .AddIssueIntake(options)
            .AddSingleton<OverflowIssue>()
            .AddSingleton<IssueQueries>()
            .AddSingleton<MergedIssues>()
            .AddSingleton<IssueMerging>()
            .AddSingleton<IssueHashQueries>()
            .AddSingleton<IssueEvents>()
            .AddSingleton<IssueCommands>()
            .AddSingleton<IssueActivity>()
            .AddSingleton<IssueSearchKeys>()
            .AddSingleton<IssueTerms>()
            .AddSingleton<IssueSearch>()
            .AddSingleton<IssueUpdateReader>()
            .AddSingleton<IssueListing>()
            .AddSingleton<IssueChanging>()
            .AddSingleton<IssueAgeing>()
            .AddHostedService(provider => provider.GetRequiredService<IssueAgeing>());
}
