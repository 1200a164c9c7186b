using System.Data.Common;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Hosting.Checks;

static class MetadataCheck
{
    public static async Task<Finding> RunAsync(ServerOptions options, CancellationToken cancellation)
    {
        if (LostMetadata.Find(options) is { } lost)
        {
            return lost;
        }
        if (options.Metadata is null && !File.Exists(options.MetadataFile))
        {
            return new("metadata", "no database yet; the first start creates it");
        }
        try
        {
            await using var metadata = MetadataDb.Of(options.MetadataFile, options.Metadata);
            await using var connection = await metadata.OpenAsync(cancellation);
            var version = await MetadataSchema.VersionAsync(connection);
            return await MetadataDamage.FindAsync(metadata, cancellation) is { } damage
                ? new("metadata", $"{options.MetadataFile}: {damage}", MetadataDamage.Remedy)
                : new("metadata", $"{(metadata.IsPostgres ? "PostgreSQL" : options.MetadataFile)} opens, schema {version}");
        }
        catch (Exception exception) when (exception is DbException or IOException or ArgumentException)
        {
            return new(
                "metadata",
                exception.Message,
                options.Metadata is null ? MetadataDamage.Remedy : $"Check {Setting.Metadata.Variable} and the PostgreSQL server."
            );
        }
    }
}
