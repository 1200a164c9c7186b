using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Hosting;

namespace Server.Tests.Access.Permissions;

/// <summary>
/// The server with its real route table and its real gate, where a request that the gate lets through meets no handler but an
/// answer of its own: so every route can be knocked at, and nothing is deleted behind it.
/// </summary>
static class ProbedHost
{
    /// <summary>What a route answers that the gate let through.</summary>
    public const int Admitted = 299;

    public static Task<TocsinHost> StartAsync(Action<WebApplication>? map = null) =>
        TocsinHost.StartAsync(adjust: builder => builder.Services.AddSingleton<IStartupFilter, Probe>(), map: map);

    sealed class Probe : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, rest) =>
                    {
                        context.Features.Set<IEndpointFeature>(new Doors());
                        return rest(context);
                    }
                );
                next(app);
            };
    }

    /// <summary>Routing puts the endpoint in here; it comes out with its metadata and another handler.</summary>
    sealed class Doors : IEndpointFeature
    {
        public Endpoint? Endpoint
        {
            get;
            set => field = value is RouteEndpoint route ? Behind(route) : value;
        }

        static RouteEndpoint Behind(RouteEndpoint route) =>
            new(
                context =>
                {
                    context.Response.StatusCode = Admitted;
                    return Task.CompletedTask;
                },
                route.RoutePattern,
                route.Order,
                route.Metadata,
                route.DisplayName
            );
    }
}
