using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues.Merging;

/// <summary>The hashes that lead to an issue, and how those of a merged one become issues again. Whoever may merge may take it back.</summary>
static class IssueHashApi
{
    const int MostHashes = 1000;

    public static void MapIssueHashes(this GatedRoutes routes)
    {
        Map(routes.Organization, "/issues/{issue}/hashes/");
        Map(routes.OfIssue(), "/hashes/");
    }

    static void Map(TenantRoutes routes, string path)
    {
        routes.Get(path, Scope.EventRead, ListAsync);
        routes.Put(path, Scope.EventWrite, UnmergeAsync);
        routes.Delete(path, Scope.EventWrite, UnmergeAsync);
    }

    static async Task<Results<Page<IssueHashShape>, ApiError>> ListAsync(
        Tenant tenant,
        string issue,
        PageRequest page,
        IssueQueries queries,
        IssueHashQueries hashes,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var found = await hashes.ListAsync(row.Id, page.Limit + 1, page.Offset, cancellation);
        return Page<IssueHashShape>.FromOffset(page, [.. found.Select(hash => Shape(hash, row))]);
    }

    /// <summary>The issues that own the named hashes leave the issue with all their events; together they are one issue again.</summary>
    static async Task<Results<Accepted<UnmergedShape>, ApiError>> UnmergeAsync(
        Tenant tenant,
        string issue,
        IssueQueries queries,
        IssueMerging merging,
        ProjectDirectory directory,
        CancellationToken cancellation,
        [FromQuery] string[]? id = null
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        if (id is null or { Length: 0 or > MostHashes })
        {
            return ApiError.Field("id", $"Name the hashes to unmerge: id, at most {MostHashes}.");
        }
        var result = await merging.UnmergeAsync(row, id, tenant.UserId, cancellation);
        return result.Refusal is { } refusal
            ? ApiError.Field("id", refusal)
            : TypedResults.Accepted((string?)null, new UnmergedShape($"{result.Parent}", $"{result.Others[0]}"));
    }

    static IssueHashShape Shape(IssueHashRow row, IssueRow issue) =>
        new(
            row.Hash,
            row.EventHigh is { } high && row.EventLow is { } low ? Event(row, issue, EventId.From(high, low).ToString()) : null,
            new(
                $"{row.IssueId}",
                ShortId.Format(row.Slug, row.ShortId),
                row.Title,
                row.Culprit,
                $"{row.TimesSeen}",
                Microseconds.ToUtc(row.FirstSeen),
                Microseconds.ToUtc(row.LastSeen),
                $"{row.CameWith}"
            )
        );

    static HashEventShape Event(IssueHashRow row, IssueRow issue, string id) =>
        new()
        {
            Id = id,
            EventId = id,
            GroupId = $"{issue.Id}",
            ProjectId = $"{row.ProjectId}",
            Title = row.Title,
            Culprit = row.Culprit,
            Type = IssueKind.EventTypeOf(row.Type),
            Platform = row.Platform,
            Metadata = JsonNode.Parse(row.Metadata)!.AsObject(),
            DateCreated = Microseconds.ToUtc(row.Timestamp ?? row.LastSeen),
        };
}

/// <summary>Id: the hash. LatestEvent: the newest of those that would leave with it; null when it is not kept any more.</summary>
sealed record IssueHashShape(string Id, HashEventShape? LatestEvent, HashIssueShape Issue);

/// <summary>The issue that the hash belonged to before it was merged, as it would be on its own.</summary>
/// <param name="CameWith">The issue that was merged last with this one in it; equal ones can be taken out together.</param>
sealed record HashIssueShape(
    string Id,
    string ShortId,
    string Title,
    string Culprit,
    string Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    string CameWith
);

sealed record HashEventShape
{
    public required string Id { get; init; }

    [JsonPropertyName("eventID")]
    public required string EventId { get; init; }

    [JsonPropertyName("groupID")]
    public required string GroupId { get; init; }

    [JsonPropertyName("projectID")]
    public required string ProjectId { get; init; }
    public required string Title { get; init; }
    public required string Culprit { get; init; }
    public required string Type { get; init; }
    public required string Platform { get; init; }
    public required JsonObject Metadata { get; init; }
    public required DateTimeOffset DateCreated { get; init; }
}

/// <summary>Parent: the issue that was asked. Issue: the one that left it.</summary>
sealed record UnmergedShape(string Parent, string Issue);
