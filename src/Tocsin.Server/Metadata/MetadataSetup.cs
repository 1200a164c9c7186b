namespace Tocsin.Server.Metadata;

static class MetadataSetup
{
    /// <param name="dataDirectory">Holds <c>metadata.db</c> when there is no PostgreSQL.</param>
    /// <param name="postgres">A connection string, or null.</param>
    public static IServiceCollection AddMetadata(this IServiceCollection services, string dataDirectory, string? postgres) =>
        services
            .AddSingleton(_ =>
                postgres is null ? MetadataDb.Sqlite(Path.Combine(dataDirectory, "metadata.db")) : MetadataDb.Postgres(postgres)
            )
            .AddSingleton<MetadataWatch>()
            .AddHostedService(provider => provider.GetRequiredService<MetadataWatch>());
}
