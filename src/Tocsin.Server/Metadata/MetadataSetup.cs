namespace Tocsin.Server.Metadata;

static class MetadataSetup
{
    /// <param name="services">Where to.</param>
    /// <param name="file">As in <see cref="MetadataDb.Of"/>.</param>
    /// <param name="postgres">As in <see cref="MetadataDb.Of"/>.</param>
    public static IServiceCollection AddMetadata(this IServiceCollection services, string file, string? postgres) =>
        services
            .AddSingleton(_ => MetadataDb.Of(file, postgres))
            .AddSingleton<MetadataWatch>()
            .AddHostedService(provider => provider.GetRequiredService<MetadataWatch>());
}
