using Microsoft.AspNetCore.Routing.Template;

namespace Tocsin.Server.Api;

/// <summary>
/// Answers below <c>/api/0/</c> what no room has a route for: 405 when the address exists under another method, else 404.
/// Routing's own 405 does not come, because the gateway's catch-all takes every method.
/// </summary>
static class UnknownRoute
{
    public const string Pattern = "/api/0/{**path}";

    public static void MapUnknown(this IEndpointRouteBuilder routes) => routes.Map(Pattern, Answer).ExcludeFromDescription();

    static IResult Answer(HttpContext context, EndpointDataSource endpoints)
    {
        var methods = endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.RoutePattern.RawText is { } pattern && pattern != Pattern && Fits(pattern, context.Request.Path)
            )
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct()
            .Order()
            .ToList();
        if (methods.Count == 0)
        {
            return ApiError.NotFound();
        }
        context.Response.Headers.Allow = string.Join(", ", methods);
        return ApiError.MethodNotAllowed(context.Request.Method);
    }

    static bool Fits(string pattern, PathString path) =>
        pattern.StartsWith("/api/0/", StringComparison.Ordinal)
        && new TemplateMatcher(TemplateParser.Parse(pattern.TrimStart('/')), []).TryMatch(path, []);
}
