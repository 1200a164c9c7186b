using Tocsin.Server.Access;

namespace Tocsin.Server.Gateway;

/// <summary>The health routes that SDK tools, proxies and orchestrators of Sentry's world ask for.</summary>
static class HealthApi
{
    static readonly byte[] Ok = "ok"u8.ToArray();
    static readonly byte[] Healthy = """{"is_healthy":true}"""u8.ToArray();
    static readonly byte[] Unhealthy = """{"is_healthy":false}"""u8.ToArray();

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Not before the first request: see the doors.
        var readiness = new Lazy<Readiness>(routes.ServiceProvider.GetRequiredService<Readiness>);
        foreach (var pattern in (ReadOnlySpan<string>)["/_health/", "/health"])
        {
            Map(routes, pattern, http => AnswerAsync(http, Ok, "text/plain; charset=utf-8"));
        }
        foreach (var pattern in (ReadOnlySpan<string>)["/api/relay/healthcheck/live/", "/health/live"])
        {
            Map(routes, pattern, http => AnswerAsync(http, isHealthy: true));
        }
        foreach (var pattern in (ReadOnlySpan<string>)["/api/relay/healthcheck/ready/", "/health/ready"])
        {
            Map(routes, pattern, http => AnswerAsync(http, readiness.Value.IsReady()));
        }
    }

    static void Map(IEndpointRouteBuilder routes, string pattern, RequestDelegate answer) =>
        routes
            .MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], answer)
            .WithMetadata(new RouteRule.Public(ReadsCaller: false))
            .AllowAnonymous()
            .ShortCircuit();

    static Task AnswerAsync(HttpContext http, bool isHealthy)
    {
        http.Response.StatusCode = isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return AnswerAsync(http, isHealthy ? Healthy : Unhealthy, "application/json");
    }

    static Task AnswerAsync(HttpContext http, byte[] body, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body).AsTask();
    }
}
