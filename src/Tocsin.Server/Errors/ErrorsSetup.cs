using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Errors;

static class ErrorsSetup
{
    public static IServiceCollection AddErrors(this IServiceCollection services) =>
        services
            .AddSingleton<ErrorMeter>()
            .AddSingleton<IItemPipeline, ErrorPipeline>()
            .AddSingleton<ErrorQueries>()
            .AddSingleton<ErrorDetails>()
            .AddSingleton<EventSearch>()
            .AddSingleton<EventPages>();
}
