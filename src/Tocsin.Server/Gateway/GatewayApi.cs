using Tocsin.Server.Access;

namespace Tocsin.Server.Gateway;

/// <summary>The routes that clients send to. They skip what serves people: no session, no antiforgery, no compression.</summary>
static class GatewayApi
{
    /// <summary>No session and no token: the gateway checks the client's key itself.</summary>
    static readonly RouteRule KeyOpens = new RouteRule.Public(ReadsCaller: false);

    /// <summary>
    /// Routes what clients send before and apart from what people ask for: that has two hundred routes, which are described and compiled when
    /// the first request gets so far, and the first event after a start would wait for it.
    /// </summary>
    public static IApplicationBuilder UseGateway(this IApplicationBuilder app) =>
        app.Use(next =>
        {
            var doors = new ApplicationBuilder(app.ApplicationServices);
            doors.UseDsnPath();
            doors.UseRouting();
            doors.UseEndpoints(Map);
            doors.Run(next);
            return doors.Build();
        });

    static void Map(IEndpointRouteBuilder routes)
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
        // After the real ones: the constraint on the parameter would else put this route before them.
        routes
            .Map("/api/{project:long:min(1)}/{**path}", NotFoundAsync)
            .WithMetadata(IngestRoute.Unknown, KeyOpens)
            .WithOrder(1)
            .AllowAnonymous()
            .ShortCircuit();
        HealthApi.Map(routes);
    }

    static Task NotFoundAsync(HttpContext http)
    {
        CrossOrigin.Allow(http.Response.Headers);
        return Answers.RefuseAsync(http.Response, Refusals.NotFound);
    }
}
