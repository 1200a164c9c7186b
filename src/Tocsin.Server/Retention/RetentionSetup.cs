namespace Tocsin.Server.Retention;

static class RetentionSetup
{
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton<RetentionProgress>()
            .AddSingleton<DroppedDays>()
            .AddSingleton<DayRemoval>()
            .AddSingleton<QuarantineRemoval>()
            .AddSingleton<RetentionWatch>()
            .AddHostedService(provider => provider.GetRequiredService<RetentionWatch>());
}
