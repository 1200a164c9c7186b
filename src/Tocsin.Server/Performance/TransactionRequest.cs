using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>
/// Which transaction a page is about: <c>transaction</c> (its name), <c>op</c> (when it has several), and the filter of all pages, whose
/// <c>project</c> should name one. <c>from</c> and <c>to</c> (milliseconds) narrow it to runs that took so long.
/// </summary>
sealed record TransactionRequest(string Transaction, string? Op, double? From, double? To, SpanFilterRequest Filter)
    : IEndpointParameterMetadataProvider
{
    public static async ValueTask<TransactionRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return (string?)query["transaction"] is { Length: > 0 } name
            ? new(
                name,
                query["op"].ToString() is { Length: > 0 } op ? op : null,
                Milliseconds(query, "from"),
                Milliseconds(query, "to"),
                await SpanFilterRequest.BindAsync(context)
            )
            : throw new BadHttpRequestException("The parameter transaction is missing: the name of one.");
    }

    /// <summary>Its runs: the segments of that name.</summary>
    public async Task<(SpanScope? Scope, ApiError? Error)> RunsAsync(
        Tenant tenant,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (scope, error) = await Filter.ReadAsync(tenant, directory, cancellation);
        return (
            scope?.And(
                SpanField.IsSegment.Is(true),
                SpanField.Transaction.Is(Transaction),
                Op is null ? null : SpanField.Op.Is(Op),
                From is { } from ? new Filter.Compare(SpanField.Duration, Comparison.GreaterOrEqual, from) : null,
                To is { } to ? new Filter.Compare(SpanField.Duration, Comparison.Less, to) : null
            ),
            error
        );
    }

    /// <summary>The spans within its segments.</summary>
    public async Task<(SpanScope? Scope, ApiError? Error)> ChildrenAsync(
        Tenant tenant,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (scope, error) = await Filter.ReadAsync(tenant, directory, cancellation);
        return (
            scope?.And(
                SpanField.IsSegment.Is(false),
                SpanField.Transaction.Is(Transaction),
                Op is null ? null : SpanField.TransactionOp.Is(Op)
            ),
            error
        );
    }

    static double? Milliseconds(IQueryCollection query, string name) =>
        (string?)query[name] is not { Length: > 0 } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw new BadHttpRequestException($"Invalid {name}: a number of milliseconds.");

    static readonly QueryParameter[] Described =
    [
        new("transaction", "The name of one."),
        new("op", "Its operation, where several are called so."),
        new("from", "Only runs that took so many milliseconds at least."),
        new("to", "Only runs that took less than so many milliseconds."),
        .. SpanFilterRequest.Described,
    ];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in Described)
        {
            builder.Metadata.Add(described);
        }
    }
}
