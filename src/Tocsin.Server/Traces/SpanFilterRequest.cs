using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Explore;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

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
    SpanSearch Search
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
            context.RequestServices.GetRequiredService<SpanSearch>()
        );
    }

    /// <summary>What the caller may see of it; an error when a project is none of the organisation, or the query makes no sense.</summary>
    public async Task<(SpanScope? Scope, ApiError? Error)> ReadAsync(
        Tenant tenant,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (ProjectSelection.Read(tenant, directory, Projects) is not { } projects)
        {
            return (null, ApiError.NotFound());
        }
        List<Filter> parts = [];
        try
        {
            if (await Search.ReadAsync(Query, projects, cancellation) is { } asked)
            {
                parts.Add(asked);
            }
        }
        catch (ExploreMistake mistake)
        {
            return (null, ApiError.BadRequest(mistake.Message));
        }
        if (Environments.Count > 0)
        {
            parts.Add(new Filter.In(SpanField.Environment, [.. Environments]));
        }
        return (new(projects, Range, parts), null);
    }

    static string[] All(Microsoft.Extensions.Primitives.StringValues values) =>
        [.. values.OfType<string>().Where(value => value.Length > 0)];

    public static IReadOnlyList<QueryParameter> Described { get; } =
    [
        new("project", "Slug or id; -1 for all.", Repeats: true),
        new("environment", "Only spans of this environment.", Repeats: true),
        new("query", "A search over spans, as Explore reads it."),
        .. QueryParameter.OfPeriod,
    ];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in Described)
        {
            builder.Metadata.Add(described);
        }
    }
}
