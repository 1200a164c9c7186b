using System.Data.Common;
using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Hosting.Checks;

static class MetadataCheck
{
    public static async Task<Finding> RunAsync(ServerOptions options, CancellationToken cancellation)
    {
        if (options.Metadata is null && !File.Exists(options.MetadataFile))
        {
            return new("metadata", "no database yet; the first start creates it");
        }
        try
        {
            await using var metadata = options.Metadata is { } postgres
                ? MetadataDb.Postgres(postgres)
                : MetadataDb.Sqlite(options.MetadataFile);
            await using var connection = await metadata.OpenAsync(cancellation);
            var version = await MetadataSchema.VersionAsync(connection);
            var integrity = metadata.IsPostgres ? "ok" : await connection.ExecuteScalarAsync<string>("PRAGMA quick_check(1)");
            return integrity == "ok"
                ? new("metadata", $"{(metadata.IsPostgres ? "PostgreSQL" : options.MetadataFile)} opens, schema {version}")
                : new("metadata", $"{options.MetadataFile}: {integrity}", "Stop the server and restore metadata.db from a copy.");
        }
        catch (Exception exception) when (exception is DbException or IOException or ArgumentException)
        {
            return new(
                "metadata",
                exception.Message,
                options.Metadata is null
                    ? "Stop the server and restore metadata.db from a copy."
                    : $"Check {Setting.Metadata.Variable} and the PostgreSQL server."
            );
        }
    }
}
