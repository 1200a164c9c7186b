using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>Several processes on one PostgreSQL: looks once a second whether another one changed a project.</summary>
sealed partial class ProjectDirectoryWatch(
    MetadataDb db,
    ProjectDirectory directory,
    TimeProvider time,
    ILogger<ProjectDirectoryWatch> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!db.IsPostgres)
        {
            return;
        }
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshIfChangedAsync(stoppingToken);
            }
            catch (System.Data.Common.DbException problem)
            {
                // The database is away: the gateway goes on with what it knows.
                Unreachable(log, problem);
            }
        }
    }

    async Task RefreshIfChangedAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        if (await Changes.NumberAsync(connection, Changes.Projects) != directory.Number)
        {
            await directory.RefreshAsync(cancellation);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for changed projects")]
    static partial void Unreachable(ILogger logger, Exception problem);
}
