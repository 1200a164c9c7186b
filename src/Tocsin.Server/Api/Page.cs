using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Api;

/// <summary>
/// A part of a list with Sentry's <c>Link</c> header, whose two sides are always there and say themselves whether they have results.
/// </summary>
sealed class Page<T>(IReadOnlyList<T> items, Cursor? previous, Cursor? next, long? hits = null)
    : IResult,
        IStatusCodeHttpResult,
        IEndpointMetadataProvider
{
    public IReadOnlyList<T> Items => items;

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    /// <summary>A page by offset. The rows were asked with <c>LIMIT Limit + 1</c>: one too many means that there is a next page.</summary>
    public static Page<T> FromOffset(PageRequest request, IReadOnlyList<T> rows, long? hits = null)
    {
        var hasNext = rows.Count > request.Limit;
        return new(hasNext ? [.. rows.Take(request.Limit)] : rows, request.Previous, hasNext ? request.Next : null, hits);
    }

    /// <summary>A page cut out of a list that is in memory as a whole.</summary>
    public static Page<T> Of(PageRequest request, IReadOnlyCollection<T> all) =>
        FromOffset(request, [.. all.Skip(request.Offset).Take(request.Limit + 1)], all.Count);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageLinks.Write(httpContext, previous, next);
        if (hits is { } count)
        {
            httpContext.Response.Headers["X-Hits"] = count.ToString(CultureInfo.InvariantCulture);
        }
        return TypedResults.Ok(items).ExecuteAsync(httpContext);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T[]), ["application/json"]));
}
