using Tocsin.Server.Access;
using Tocsin.Server.Errors;
using Tocsin.Server.Explore;
using Tocsin.Server.Explore.Histograms;
using Tocsin.Server.Explore.Levels;
using Tocsin.Server.Explore.Trends;
using Tocsin.Server.Explore.Vocabulary;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Performance;
using Tocsin.Server.Performance.Services;
using Tocsin.Server.Performance.Vitals;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Server.Retention;
using Tocsin.Server.Traces;
using Tocsin.Server.Traces.Detectors;

namespace Tocsin.Server.Hosting;

/// <summary>The API's table of contents: one line per room. How to add a route: docs/guides/adding-a-route.md.</summary>
static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var routes = new GatedRoutes(app);
        routes.MapAccess();
        routes.MapProjects();
        routes.MapIssues();
        routes.MapIssueTags();
        routes.MapIssueHashes();
        routes.MapIssueActivity();
        routes.MapErrors();
        routes.MapExplore();
        routes.MapTrends();
        routes.MapHistograms();
        routes.MapVitalLevels();
        routes.MapVocabulary();
        routes.MapDistributions();
        routes.MapRankings();
        routes.MapReleases();
        routes.MapDeploys();
        routes.MapReleaseMarks();
        routes.MapRepositories();
        routes.MapTraces();
        routes.MapDetectors();
        routes.MapTransactions();
        routes.MapVitals();
        routes.MapServiceMap();
        routes.MapPipeline();
        routes.MapRetention();
    }
}
