using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Tocsin.Server.Access;

/// <summary>
/// Maps handlers that are compiled when the first request comes for them. The framework's own way compiles those of all routes for the first
/// request of any: two hundred, of which a page asks a handful.
/// </summary>
static class HandlerRoutes
{
    public static RouteHandlerBuilder MapHandler(
        this IEndpointRouteBuilder routes,
        string method,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    )
    {
        var later = new CompiledLater(handler, TakesBody(method), routes.ServiceProvider);
        var route = routes.MapMethods(pattern, [method], later.InvokeAsync);
        route.Add(later.Describe);
        return new([route]);
    }

    static bool TakesBody(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method);

    sealed class CompiledLater(Delegate handler, bool takesBody, IServiceProvider services)
    {
        Lazy<RequestDelegate> compiled = new(() => throw new InvalidOperationException("The route is not described yet."));

        public Task InvokeAsync(HttpContext context) => compiled.Value(context);

        /// <summary>What the framework says of a handler's parameters and results, which the API's description is made of.</summary>
        public void Describe(EndpointBuilder endpoint)
        {
            var options = new RequestDelegateFactoryOptions
            {
                ServiceProvider = services,
                RouteParameterNames = ((RouteEndpointBuilder)endpoint).RoutePattern.Parameters.Select(parameter =>
                    parameter.Name
                ),
                ThrowOnBadRequest = services.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest,
                DisableInferBodyFromParameters = !takesBody,
                EndpointBuilder = endpoint,
            };
            endpoint.Metadata.Add(handler.Method);
            var described = RequestDelegateFactory.InferMetadata(handler.Method, options);
            compiled = new(() => RequestDelegateFactory.Create(handler, options, described).RequestDelegate);
        }
    }
}
