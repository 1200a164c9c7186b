using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Issues;
using Tocsin.Server.Performance.Differences;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>
/// Transactions: all of them in any order, and one from every side. Every answer takes the filter of <see cref="SpanFilterRequest"/>; those
/// about one transaction take <see cref="TransactionRequest"/>.
/// </summary>
static class TransactionApi
{
    const string Transactions = "/performance/transactions";

    public static void MapTransactions(this GatedRoutes routes)
    {
        routes.Organization.Get($"{Transactions}/", Scope.EventRead, ListAsync);
        routes.Organization.Post($"{Transactions}/trends/", Scope.EventRead, TrendsAsync);
        routes.Organization.Get($"{Transactions}/summary/", Scope.EventRead, SummaryAsync);
        routes.Organization.Get($"{Transactions}/samples/", Scope.EventRead, SamplesAsync);
        routes.Organization.Get($"{Transactions}/differences/", Scope.EventRead, DifferencesAsync);
        routes.Organization.Get($"{Transactions}/spans/", Scope.EventRead, SpansAsync);
        routes.Organization.Get($"{Transactions}/issues/", Scope.EventRead, IssuesAsync);
        routes.Organization.Get($"{Transactions}/compare/", Scope.EventRead, CompareAsync);
    }

    /// <summary>
    /// Transactions by <c>sort</c>: <c>-time_lost</c> (the default), <c>-slowest</c>, <c>-issues</c>, <c>-users</c>, <c>-failing</c>,
    /// <c>-regression</c>, <c>-throughput</c>, <c>-p50</c>, <c>-p75</c>, <c>-p95</c>, <c>-p99</c>, <c>-apdex</c>, <c>-misery</c>; the worst first, without
    /// the dash the best. <c>op</c> narrows to one operation.
    /// </summary>
    internal static async Task<Results<Marked<Page<TransactionRowShape>>, ApiError>> ListAsync(
        Tenant tenant,
        SpanFilterRequest filter,
        PageRequest page,
        TransactionList list,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string? sort = null,
        string? op = null
    )
    {
        if (TransactionOrder.Read(sort) is not { } order)
        {
            return ApiError.InvalidSort(TransactionOrder.Names.Select(name => $"-{name}"));
        }
        var (scope, error) = await filter.ReadAsync(tenant, directory, cancellation);
        return scope is null
            ? error!
            : Marked.Page(
                await list.PageAsync(scope.And(string.IsNullOrEmpty(op) ? null : SpanField.Op.Is(op)), order, page, cancellation)
            );
    }

    /// <summary>
    /// How the p95 of transactions went, as the list names them: one for each, in the order of the body, which is one as their names may be
    /// longer than an address.
    /// </summary>
    internal static async Task<Results<Marked<Ok<IReadOnlyList<TransactionTrendShape>>>, ApiError>> TrendsAsync(
        Tenant tenant,
        SpanFilterRequest filter,
        TransactionTrendsBody body,
        TransactionTrends trends,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (scope, error) = await filter.ReadAsync(tenant, directory, cancellation);
        if (scope is null)
        {
            return error!;
        }
        return body.Read(scope) is { } transactions
            ? Marked.Ok(await trends.OfAsync(scope, transactions, cancellation))
            : ApiError.Field("transactions", TransactionTrendsBody.Problem);
    }

    /// <summary>One transaction in figures, over time, and by duration.</summary>
    internal static async Task<Results<Ok<TransactionSummaryShape>, ApiError>> SummaryAsync(
        Tenant tenant,
        TransactionRequest transaction,
        TransactionSummary summary,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (runs, error) = await transaction.RunsAsync(tenant, directory, cancellation);
        return runs is null ? error! : TypedResults.Ok(await summary.OfAsync(runs, transaction, cancellation));
    }

    /// <summary>Single runs, by <c>sort</c>: <c>recent</c> (the default), <c>slow</c> or <c>fast</c>.</summary>
    internal static async Task<Results<Marked<Page<TransactionSampleShape>>, ApiError>> SamplesAsync(
        Tenant tenant,
        TransactionRequest transaction,
        PageRequest page,
        TransactionSamples samples,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string sort = "recent"
    )
    {
        if (!TransactionSamples.Sorts.Contains(sort))
        {
            return ApiError.InvalidSort(TransactionSamples.Sorts);
        }
        var (runs, error) = await transaction.RunsAsync(tenant, directory, cancellation);
        return runs is null ? error! : Marked.Page(await samples.PageAsync(runs, sort, page, cancellation));
    }

    /// <summary>What the runs that took at least <c>threshold</c> milliseconds (by default the slowest tenth) have more of than all.</summary>
    internal static async Task<Results<Ok<DifferencesShape>, ApiError>> DifferencesAsync(
        Tenant tenant,
        TransactionRequest transaction,
        DifferenceQueries differences,
        ProjectDirectory directory,
        CancellationToken cancellation,
        double? threshold = null
    )
    {
        var (runs, error) = await transaction.RunsAsync(tenant, directory, cancellation);
        var (spans, _) = await transaction.ChildrenAsync(tenant, directory, cancellation);
        return runs is null || spans is null
            ? error!
            : TypedResults.Ok(await differences.OfAsync(runs, spans, threshold, cancellation));
    }

    /// <summary>Where its time goes: groups of spans by the time spent in them alone, most first.</summary>
    internal static async Task<Results<Marked<Page<SuspectSpanShape>>, ApiError>> SpansAsync(
        Tenant tenant,
        TransactionRequest transaction,
        PageRequest page,
        SuspectSpans suspects,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (spans, error) = await transaction.ChildrenAsync(tenant, directory, cancellation);
        return spans is null ? error! : Marked.Page(page, await suspects.OfAsync(spans, cancellation));
    }

    /// <summary>
    /// Unresolved issues whose events name the transaction or happened in traces of its newest runs, most of these events first.
    /// Of each, <c>filtered</c> counts these events alone.
    /// </summary>
    internal static async Task<Results<Marked<Page<IssueShape>>, ApiError>> IssuesAsync(
        Tenant tenant,
        TransactionRequest transaction,
        PageRequest page,
        RelatedIssues related,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (runs, error) = await transaction.RunsAsync(tenant, directory, cancellation);
        return runs is null
            ? error!
            : Marked.Page(await related.PageAsync(tenant, runs, transaction.Transaction, page, cancellation));
    }

    /// <summary>
    /// The transaction twice: in the releases <c>a</c> and <c>b</c>, or without these in the period before the one asked for and in that one.
    /// </summary>
    internal static async Task<Results<Ok<TransactionComparisonShape>, ApiError>> CompareAsync(
        Tenant tenant,
        TransactionRequest transaction,
        TransactionSummary summary,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string? a = null,
        string? b = null
    )
    {
        var (runs, error) = await transaction.RunsAsync(tenant, directory, cancellation);
        if (runs is null)
        {
            return error!;
        }
        async Task<TransactionSideShape> Side(SpanScope scope, string? release) =>
            new(
                release,
                TraceMapping.Seconds(scope.Range.From),
                TraceMapping.Seconds(scope.Range.To),
                await summary.OfAsync(
                    release is null ? scope : scope.And(SpanField.Release.Is(release)),
                    transaction,
                    cancellation
                )
            );
        return TypedResults.Ok(
            a is null && b is null
                ? new TransactionComparisonShape(await Side(runs.Before(), null), await Side(runs, null))
                : new TransactionComparisonShape(await Side(runs, a), await Side(runs, b))
        );
    }
}
