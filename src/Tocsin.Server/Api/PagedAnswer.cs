using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Api;

/// <summary>One object that holds a part of a list, with the <c>Link</c> header of <see cref="Page{T}"/>.</summary>
sealed class PagedAnswer<T>(T answer, PageRequest page, bool hasMore) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageLinks.Write(httpContext, page.Previous, hasMore ? page.Next : null);
        return TypedResults.Ok(answer).ExecuteAsync(httpContext);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
}
