using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues;

/// <summary>How an issue's events are spread over their tags.</summary>
static class IssueTagApi
{
    const int TopValues = 10;

    public static void MapIssueTags(this GatedRoutes routes)
    {
        Map(routes.Organization, "/issues/{issue}/tags/");
        Map(routes.OfIssue(), "/tags/");
    }

    static void Map(TenantRoutes routes, string prefix)
    {
        routes.Get(prefix, Scope.EventRead, KeysAsync);
        routes.Get($"{prefix}{{key}}/", Scope.EventRead, KeyAsync);
        routes.Get($"{prefix}{{key}}/values/", Scope.EventRead, ValuesAsync);
    }

    static async Task<Results<Marked<Ok<IReadOnlyList<TagShape>>>, ApiError>> KeysAsync(
        Tenant tenant,
        string issue,
        IssueFilterRequest filter,
        PeriodRequest period,
        IssueQueries queries,
        IssueEvents events,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string[]? key = null,
        int limit = TopValues
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var range = period.Range ?? TimeRange.All;
        var keys = await events.TagKeysAsync(row, filter.Environments, range, cancellation);
        var wanted = keys.Value.Where(one => key is null or { Length: 0 } || key.Contains(one.Key)).ToList();
        var values = await events.TopTagValuesAsync(
            row,
            wanted,
            filter.Environments,
            range,
            Math.Clamp(limit, 1, 100),
            cancellation
        );
        var byKey = values.Value.ToLookup(value => value.Key);
        return Marked.Ok(
            new Answer<IReadOnlyList<TagShape>>(
                [.. wanted.Select(one => Shape(one, byKey[one.Key]))],
                keys.Notes.With(values.Notes)
            )
        );
    }

    static async Task<Results<Marked<Ok<TagShape>>, ApiError>> KeyAsync(
        Tenant tenant,
        string issue,
        string key,
        IssueFilterRequest filter,
        PeriodRequest period,
        IssueQueries queries,
        IssueEvents events,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var range = period.Range ?? TimeRange.All;
        var keys = await events.TagKeysAsync(row, filter.Environments, range, cancellation);
        if (keys.Value.FirstOrDefault(one => one.Key == key) is not { } found)
        {
            return ApiError.NotFound();
        }
        var values = await events.TagValuesAsync(row, [key], filter.Environments, range, TopValues, 0, cancellation);
        return Marked.Ok(new Answer<TagShape>(Shape(found, values.Value), keys.Notes.With(values.Notes)));
    }

    static async Task<Results<Marked<Page<TagValueShape>>, ApiError>> ValuesAsync(
        Tenant tenant,
        string issue,
        string key,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        IssueQueries queries,
        IssueEvents events,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var range = period.Range ?? TimeRange.All;
        var values = await events.TagValuesAsync(
            row,
            [key],
            filter.Environments,
            range,
            page.Limit + 1,
            page.Offset,
            cancellation
        );
        return Marked.FromOffset(page, values.As(all => all.Select(Shape)));
    }

    static TagShape Shape(TagKeyTotal key, IEnumerable<TagValueTotal> values) =>
        new(key.Key, key.Key, key.Total, key.Unique, [.. values.Select(Shape)]);

    static TagValueShape Shape(TagValueTotal value) =>
        new(
            value.Key,
            value.Value,
            value.Value,
            value.Total,
            Microseconds.ToUtc(value.First),
            Microseconds.ToUtc(value.Last),
            $"{value.Key}:\"{value.Value.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        );
}
