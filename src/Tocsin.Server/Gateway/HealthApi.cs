using Tocsin.Server.Access;

namespace Tocsin.Server.Gateway;

/// <summary>The health routes that SDK tools, proxies and orchestrators of Sentry's world ask for.</summary>
static class HealthApi
{
    static readonly byte[] Healthy = """{"is_healthy":true}"""u8.ToArray();
    static readonly byte[] Unhealthy = """{"is_healthy":false}"""u8.ToArray();

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var pattern in (ReadOnlySpan<string>)["/_health/", "/health"])
        {
            routes.MapGet(pattern, () => Results.Text("ok")).Public();
        }
        foreach (var pattern in (ReadOnlySpan<string>)["/api/relay/healthcheck/live/", "/health/live"])
        {
            routes.MapGet(pattern, () => Results.Bytes(Healthy, "application/json")).Public();
        }
        foreach (var pattern in (ReadOnlySpan<string>)["/api/relay/healthcheck/ready/", "/health/ready"])
        {
            routes.MapGet(pattern, Ready).Public();
        }
    }

    static IResult Ready(Readiness readiness) => readiness.IsReady() ? Results.Bytes(Healthy, "application/json") : new Unready();

    static void Public(this RouteHandlerBuilder route) =>
        route.WithMetadata(new RouteRule.Public(ReadsCaller: false)).AllowAnonymous().ExcludeFromDescription().ShortCircuit();

    sealed class Unready : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            httpContext.Response.ContentType = "application/json";
            return httpContext.Response.Body.WriteAsync(Unhealthy).AsTask();
        }
    }
}
