using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues;

/// <summary>What happened to an issue, and the comments on it. Sentry names comments both <c>comments</c> and <c>notes</c>.</summary>
static class IssueActivityApi
{
    const int MaxText = 16_384;

    public static void MapIssueActivity(this GatedRoutes routes)
    {
        Map(routes.Organization, "/issues/{issue}/");
        Map(routes.OfIssue(), "/");
    }

    static void Map(TenantRoutes routes, string prefix)
    {
        routes.Get($"{prefix}activities/", Scope.EventRead, ActivitiesAsync);
        foreach (var word in (string[])["comments", "notes"])
        {
            routes.Get($"{prefix}{word}/", Scope.EventRead, CommentsAsync);
            routes.Post($"{prefix}{word}/", Scope.EventWrite, CommentAsync);
            routes.Put($"{prefix}{word}/{{comment}}/", Scope.EventWrite, EditAsync);
            routes.Delete($"{prefix}{word}/{{comment}}/", Scope.EventWrite, DeleteAsync);
        }
    }

    static async Task<Results<Ok<ActivityList>, ApiError>> ActivitiesAsync(
        Tenant tenant,
        string issue,
        PageRequest page,
        IssueQueries queries,
        IssueActivity activity,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var rows = await activity.ListAsync(row.Id, null, page.Limit, page.Offset, cancellation);
        return TypedResults.Ok(new ActivityList([.. rows.Select(entry => IssueMapping.Activity(entry, row))]));
    }

    static async Task<Results<Page<CommentShape>, ApiError>> CommentsAsync(
        Tenant tenant,
        string issue,
        PageRequest page,
        IssueQueries queries,
        IssueActivity activity,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var rows = await activity.ListAsync(row.Id, IssueActivity.Note, page.Limit + 1, page.Offset, cancellation);
        return Page<CommentShape>.FromOffset(page, [.. rows.Select(IssueMapping.Comment)]);
    }

    static async Task<Results<Created<CommentShape>, ApiError>> CommentAsync(
        Tenant tenant,
        string issue,
        CommentText comment,
        IssueQueries queries,
        IssueActivity activity,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        if (Mistake(comment) is { } mistake)
        {
            return mistake;
        }
        var id = await activity.CommentAsync(row.Id, tenant.UserId, Content(comment), cancellation);
        var made = await activity.FindAsync(row.Id, id, cancellation);
        return TypedResults.Created((string?)null, IssueMapping.Comment(made!));
    }

    static async Task<Results<Ok<CommentShape>, ApiError>> EditAsync(
        Tenant tenant,
        string issue,
        long comment,
        CommentText text,
        IssueQueries queries,
        IssueActivity activity,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        if (Mistake(text) is { } mistake)
        {
            return mistake;
        }
        return
            await activity.EditCommentAsync(row.Id, comment, tenant.UserId, Content(text), cancellation)
            && await activity.FindAsync(row.Id, comment, cancellation) is { } changed
            ? TypedResults.Ok(IssueMapping.Comment(changed))
            : ApiError.NotFound();
    }

    static async Task<Results<NoContent, ApiError>> DeleteAsync(
        Tenant tenant,
        string issue,
        long comment,
        IssueQueries queries,
        IssueActivity activity,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) =>
        await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is { } row
        && await activity.DeleteCommentAsync(row.Id, comment, tenant.UserId, cancellation)
            ? TypedResults.NoContent()
            : ApiError.NotFound();

    static ApiError? Mistake(CommentText comment) =>
        string.IsNullOrWhiteSpace(comment.Text) ? ApiError.Field("text", "This field may not be blank.")
        : comment.Text.Length > MaxText ? ApiError.Field("text", $"Ensure this field has no more than {MaxText} characters.")
        : null;

    static string Content(CommentText comment) => new JsonObject { ["text"] = comment.Text }.ToJsonString();
}

sealed record ActivityList(IReadOnlyList<ActivityShape> Activity);
