using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues;

/// <summary>
/// What the address of a list narrows it to: <c>project</c> (id or slug, repeatable; -1: all), <c>environment</c> (repeatable),
/// <c>query</c>, <c>sort</c>, or the issues themselves by <c>id</c>, which Sentry's lists call <c>group</c> (both repeatable).
/// </summary>
sealed record IssueFilterRequest(
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Environments,
    string? Query,
    IssueSort Sort,
    IReadOnlyList<long> Ids
) : IEndpointParameterMetadataProvider
{
    public static ValueTask<IssueFilterRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return new(
            new IssueFilterRequest(
                ProjectSelection.Asked(query),
                All(query["environment"]),
                query.ContainsKey("query") ? query["query"].ToString() : null,
                SortOf(query["sort"].ToString()),
                [
                    .. All(query["id"])
                        .Concat(All(query["group"]))
                        .Select(id =>
                            long.TryParse(id, out var number) ? number : throw new BadHttpRequestException("Invalid id.")
                        ),
                ]
            )
        );
    }

    /// <summary>Orders that Sentry makes of what it reckons beyond an issue's own row are that of the last event here.</summary>
    static IssueSort SortOf(string name) =>
        name switch
        {
            "" or "date" or "inbox" or "trends" or "recommended" or "priority" => IssueSort.Date,
            "new" => IssueSort.New,
            "freq" => IssueSort.Freq,
            "user" => IssueSort.User,
            _ => throw new BadHttpRequestException("Invalid sort: one of date, new, freq, user."),
        };

    static string[] All(Microsoft.Extensions.Primitives.StringValues values) =>
        [.. values.OfType<string>().Where(value => value.Length > 0)];

    /// <summary>The caller's projects, narrowed to the asked ones; null when an asked one is not among them.</summary>
    public IssueScope? Scope(Tenant tenant, ProjectDirectory directory) =>
        ProjectSelection.Read(tenant, directory, Projects) is { } chosen
            ? ScopeOf(tenant, chosen.Select(project => project.Id))
            : null;

    public static IssueScope ScopeOf(Tenant tenant, ProjectDirectory directory) =>
        ScopeOf(tenant, directory.Of(tenant.Organization.Id).Select(project => project.Id));

    public static IssueScope ScopeOf(Tenant tenant) => ScopeOf(tenant, [tenant.Project.Id]);

    static IssueScope ScopeOf(Tenant tenant, IEnumerable<long> projects) =>
        new(tenant.Organization.Id, tenant.Organization.Slug, [.. projects], tenant.UserId);

    static readonly QueryParameter[] Described =
    [
        new("project", "Slug or id; -1 for all.", Repeats: true),
        new("environment", "Only events of this environment.", Repeats: true),
        new("query", "A search over issues and their events."),
        new(
            "sort",
            "Of issues: date (the last event, the default), new, freq or user; inbox, trends, recommended and priority are as date."
        ),
        new("id", "Of issues: only these, whatever the query says.", Repeats: true),
        new("group", "Of issues: as id.", Repeats: true),
    ];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in Described)
        {
            builder.Metadata.Add(described);
        }
    }
}
