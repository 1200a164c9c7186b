using System.Text.Json.Nodes;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues;

/// <summary>
/// What time does to issues: a new one is ongoing after seven days, and one that was quiet for as long as its project says resolves itself.
/// Each change leaves an activity entry. The statements name the state that they leave, so two servers on one database do not do it twice.
/// </summary>
sealed partial class IssueAgeing(MetadataDb metadata, ProjectDirectory projects, TimeProvider time, ILogger<IssueAgeing> log)
    : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    static readonly TimeSpan NewFor = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await AgeAsync(stoppingToken);
            }
            // One look: a database that does not answer now is asked again at the next.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(log, failure);
            }
        }
    }

    public async Task AgeAsync(CancellationToken cancellation)
    {
        var now = Microseconds.Now(time);
        await metadata.WriteAsync(
            transaction =>
                ChangeAsync(
                    transaction,
                    "substatus = 'ongoing'",
                    "status = 'unresolved' AND substatus = 'new' AND first_seen < @before",
                    now - Microseconds.From(NewFor),
                    "auto_set_ongoing",
                    new() { ["after_days"] = NewFor.Days },
                    now
                ),
            cancellation
        );
        foreach (var project in projects.All.Where(project => project.Options.ResolveAge > 0))
        {
            var age = TimeSpan.FromHours(project.Options.ResolveAge);
            await metadata.WriteAsync(
                transaction =>
                    ChangeAsync(
                        transaction,
                        $"status = 'resolved', substatus = NULL, status_details = '{{\"autoResolved\":true}}', status_changed = {now}",
                        $"project_id = {project.Id} AND status = 'unresolved' AND last_seen < @before",
                        now - Microseconds.From(age),
                        "set_resolved_by_age",
                        new() { ["age"] = project.Options.ResolveAge },
                        now
                    ),
                cancellation
            );
        }
    }

    static async Task ChangeAsync(
        MetadataTransaction transaction,
        string change,
        string condition,
        long before,
        string activity,
        JsonObject data,
        long now
    )
    {
        var changed = await transaction.QueryAsync<long>(
            $"UPDATE issues SET {change} WHERE {condition} RETURNING id",
            new { before }
        );
        foreach (var issue in changed)
        {
            await IssueActivity.RecordAsync(transaction, issue, activity, null, data.ToJsonString(), now);
        }
    }

    [LoggerMessage(LogLevel.Error, "Issues could not be aged; trying again in a minute")]
    static partial void Failed(ILogger logger, Exception failure);
}
