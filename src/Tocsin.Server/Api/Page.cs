using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Hosting;

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
        return new(
            hasNext ? [.. rows.Take(request.Limit)] : rows,
            request.Offset > 0 ? new Cursor(0, Math.Max(0, request.Offset - request.Limit), true) : null,
            hasNext ? new Cursor(0, request.Offset + request.Limit, false) : null,
            hits
        );
    }

    /// <summary>A page cut out of a list that is in memory as a whole.</summary>
    public static Page<T> Of(PageRequest request, IReadOnlyCollection<T> all) =>
        FromOffset(request, [.. all.Skip(request.Offset).Take(request.Limit + 1)], all.Count);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var address = Address(httpContext);
        var headers = httpContext.Response.Headers;
        headers.Link = $"{Side(address, "previous", previous, true)}, {Side(address, "next", next, false)}";
        if (hits is { } count)
        {
            headers["X-Hits"] = count.ToString(CultureInfo.InvariantCulture);
        }
        return TypedResults.Ok(items).ExecuteAsync(httpContext);
    }

    // From the configured address, not from the Host header, which any client can set.
    static string Address(HttpContext context)
    {
        var server = context.RequestServices.GetRequiredService<ServerOptions>().Url;
        var address = new StringBuilder(server.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        address.Append(context.Request.Path.ToUriComponent());
        var query = context
            .Request.Query.Where(parameter => parameter.Key != "cursor")
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value ?? ""));
        return address.Append(new QueryBuilder(query).ToQueryString()).ToString();
    }

    static string Side(string address, string name, Cursor? cursor, bool isPrevious)
    {
        var place = cursor ?? new Cursor(0, 0, isPrevious);
        var joint = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var results = cursor is null ? "false" : "true";
        return $"<{address}{joint}cursor={place}>; rel=\"{name}\"; results=\"{results}\"; cursor=\"{place}\"";
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T[]), ["application/json"]));
}
