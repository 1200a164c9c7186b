namespace Tocsin.Server.Api;

static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<RequestLimits>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        // A body or parameter that does not fit becomes an exception, which ApiErrors answers with its cause.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        return services.AddApiDescription();
    }
}
