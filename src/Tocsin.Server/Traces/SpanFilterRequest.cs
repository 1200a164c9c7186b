using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Traces;

/// <summary>
/// Which spans a page is about: <c>project</c> (slug or id, repeatable; -1: all), <c>environment</c> (repeatable), <c>query</c> (the search
/// syntax, over the fields of spans), and the period, by default the last 24 hours.
/// </summary>
sealed record SpanFilterRequest(
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Environments,
    string? Query,
    TimeRange Range,
    DateTimeOffset Now
) : IEndpointParameterMetadataProvider
{
    static readonly TimeSpan Default = TimeSpan.FromDays(1);

    public static async ValueTask<SpanFilterRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var period = await PeriodRequest.BindAsync(context);
        return new(
            ProjectSelection.Asked(query),
            All(query["environment"]),
            query["query"],
            period.OrLast(Default, time),
            time.GetUtcNow()
        );
    }

    /// <summary>What the caller may see of it; an error when a project is none of the organisation, or the query makes no sense.</summary>
    public (SpanScope? Scope, ApiError? Error) Read(Tenant tenant, ProjectDirectory directory)
    {
        if (ProjectSelection.Read(tenant, directory, Projects) is not { } projects)
        {
            return (null, ApiError.NotFound());
        }
        List<Filter> parts = [];
        if (!string.IsNullOrWhiteSpace(Query))
        {
            Filter? asked = null;
            if (
                !SearchParser.TryParse(Query, out var term, out var problem)
                || !SearchFilter.TryToFilter(
                    term,
                    FieldTable.Spans,
                    Now,
                    out asked,
                    out problem,
                    match => OfProject(match, projects)
                )
            )
            {
                return (null, ApiError.BadRequest($"Error parsing search query: {problem.Message} (at {problem.Position})"));
            }
            parts.Add(asked);
        }
        if (Environments.Count > 0)
        {
            parts.Add(new Filter.In(SpanField.Environment, [.. Environments]));
        }
        return (new(projects, Range, parts), null);
    }

    /// <summary><c>project:shop</c>: only the product knows slugs.</summary>
    static Filter? OfProject(SearchTerm.Match match, IReadOnlyList<ProjectSnapshot> projects) =>
        match.Key is SearchKey.Named { Text: "project" or "project.name" }
            ? new Filter.In(
                SpanField.ProjectId,
                [
                    .. projects
                        .Where(project => match.Values.Any(value => value.Literal == project.Slug))
                        .Select(project => (object)project.Id),
                ]
            )
            : null;

    static string[] All(Microsoft.Extensions.Primitives.StringValues values) =>
        [.. values.OfType<string>().Where(value => value.Length > 0)];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) { }
}
