using Tocsin.Protocol;
using Tocsin.Server.Access;

namespace Tocsin.Server.Gateway;

/// <summary>The routes that clients send to. They skip what serves people: no session, no antiforgery, no compression.</summary>
static class GatewayApi
{
    /// <summary>No session and no token: the gateway checks the client's key itself.</summary>
    static readonly RouteRule KeyOpens = new RouteRule.Public(ReadsCaller: false);

    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        // Not before the first request: the routes are mapped before the start has opened the journal.
        var reception = new Lazy<Reception>(routes.ServiceProvider.GetRequiredService<Reception>);
        foreach (var route in IngestRoute.All)
        {
            // All methods: a wrong one is answered with CORS headers too, and OPTIONS is a preflight.
            routes
                .Map(route.Pattern, http => reception.Value.HandleAsync(http, route))
                .WithMetadata(route, KeyOpens)
                .AllowAnonymous()
                .ShortCircuit();
        }
        routes.Map("/api/{project}/{**path}", NotFoundAsync).WithMetadata(IngestRoute.Unknown).AllowAnonymous().ShortCircuit();
        HealthApi.Map(routes);
    }

    /// <summary>A constraint on the parameter would put this route before the real ones.</summary>
    static Task NotFoundAsync(HttpContext http)
    {
        if (Dsn.TryParseProjectId(http.Request.RouteValues["project"] as string, out _))
        {
            CrossOrigin.Allow(http.Response.Headers);
        }
        return Answers.RefuseAsync(http.Response, Refusals.NotFound);
    }
}
