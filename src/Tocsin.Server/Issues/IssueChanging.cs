using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Issues.Search;

namespace Tocsin.Server.Issues;

/// <summary>Changes to one issue or to many, by id or by search; every id is looked up within the caller's projects.</summary>
sealed class IssueChanging(
    IssueQueries queries,
    IssueCommands commands,
    IssueMerging merging,
    IssueUpdateReader reader,
    IssueSearch search,
    ServerOptions server
)
{
    /// <summary>A change by search reaches so many issues, the most lately seen ones, as Sentry's does.</summary>
    const int MostBySearch = 1000;

    /// <summary>Of ids in one request.</summary>
    const int MostById = 1000;

    public async Task<Results<Ok<IssueShape>, NoContent, ApiError>> OneAsync(
        Tenant tenant,
        IssueScope scope,
        string issue,
        IssueUpdate update,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(scope, issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        if (MergeRule.IsAskedBy(update))
        {
            return ApiError.Field("merge", MergeRule.TooFew);
        }
        var (change, error) = await reader.ReadAsync(tenant, update, cancellation);
        if (change is null)
        {
            return error!;
        }
        await commands.UpdateAsync([row], change, tenant.UserId, cancellation);
        return await queries.FindAsync(scope, issue, cancellation) is { } changed
            ? TypedResults.Ok(IssueMapping.Shape(changed, scope, server, null, null, null))
            : TypedResults.NoContent();
    }

    public async Task<Results<Ok<IssuesChangedShape>, NoContent, ApiError>> ManyAsync(
        Tenant tenant,
        IssueScope scope,
        IssueFilterRequest filter,
        IssueUpdate update,
        CancellationToken cancellation
    )
    {
        var (change, error) = await reader.ReadAsync(tenant, update, cancellation);
        if (change is null)
        {
            return error!;
        }
        var (rows, mistake) = await ChosenAsync(tenant, scope, filter, cancellation);
        if (mistake is not null)
        {
            return mistake;
        }
        if (MergeRule.IsAskedBy(update))
        {
            return await MergeAsync(tenant, scope, filter, rows, change, cancellation);
        }
        if (rows.Count == 0)
        {
            return TypedResults.NoContent();
        }
        await commands.UpdateAsync(rows, change, tenant.UserId, cancellation);
        return TypedResults.Ok(await ChangedAsync(scope, rows[0].Id, change, cancellation));
    }

    async Task<Results<Ok<IssuesChangedShape>, NoContent, ApiError>> MergeAsync(
        Tenant tenant,
        IssueScope scope,
        IssueFilterRequest filter,
        IReadOnlyList<IssueRow> rows,
        IssueChangeRequest change,
        CancellationToken cancellation
    )
    {
        if (MergeRule.Mistake(filter.Ids, rows) is { } mistake)
        {
            return ApiError.Field("merge", mistake);
        }
        var result = await merging.MergeAsync(rows, tenant.UserId, cancellation);
        if (result.Refusal is { } refusal)
        {
            return ApiError.Field("merge", refusal);
        }
        await commands.UpdateAsync(
            await queries.FindAsync(scope, [result.Parent], cancellation),
            change,
            tenant.UserId,
            cancellation
        );
        return TypedResults.Ok(
            await ChangedAsync(scope, result.Parent, change, cancellation) with
            {
                Merge = new($"{result.Parent}", [.. result.Others.Select(child => $"{child}")]),
            }
        );
    }

    /// <summary>One of the changed issues stands for all: they have in common what was asked for.</summary>
    async Task<IssuesChangedShape> ChangedAsync(
        IssueScope scope,
        long issue,
        IssueChangeRequest change,
        CancellationToken cancellation
    )
    {
        var rows = await queries.FindAsync(scope, [issue], cancellation);
        return IssueMapping.Changed(change, rows.Count > 0 ? IssueMapping.Shape(rows[0], scope, server, null, null, null) : null);
    }

    public async Task<Results<NoContent, ApiError>> DeleteAsync(
        Tenant tenant,
        IssueScope scope,
        IssueFilterRequest filter,
        CancellationToken cancellation
    )
    {
        if (filter.Ids.Count == 0 && filter.Query is null)
        {
            return ApiError.BadRequest("Name the issues to delete: id, or query.");
        }
        var (rows, mistake) = await ChosenAsync(tenant, scope, filter, cancellation);
        if (mistake is not null)
        {
            return mistake;
        }
        await commands.DeleteAsync(rows, cancellation);
        return TypedResults.NoContent();
    }

    async Task<(IReadOnlyList<IssueRow> Rows, ApiError? Mistake)> ChosenAsync(
        Tenant tenant,
        IssueScope scope,
        IssueFilterRequest filter,
        CancellationToken cancellation
    )
    {
        if (filter.Ids.Count > MostById)
        {
            return ([], ApiError.BadRequest($"At most {MostById} issues can be named at once."));
        }
        if (filter.Ids.Count > 0)
        {
            return (await queries.FindAsync(scope, filter.Ids, cancellation), null);
        }
        var (criteria, error) = await search.ReadAsync(tenant, filter.Query ?? "", cancellation);
        if (criteria is null)
        {
            return ([], ApiError.BadRequest(error!));
        }
        var list = new IssueList
        {
            Criteria = criteria,
            Environments = filter.Environments,
            Limit = MostBySearch,
        };
        return ((await queries.ListAsync(scope, list, cancellation)).Value.Issues, null);
    }
}
