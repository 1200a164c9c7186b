using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Pipeline;

/// <summary>The state of the pipeline. One pipeline serves all organisations; what is counted per organisation is shown to its own callers.</summary>
static class PipelineApi
{
    public static void MapPipeline(this GatedRoutes routes)
    {
        routes.Caller.Get("/internal/pipeline/", Credential.Any, Scope.OrgRead, GetAsync);
        routes.Organization.Get("/live/", Scope.EventRead, Live);
        routes.MapQuarantine();
        routes.MapOutcomeStats();
    }

    /// <summary>Stages, steps, outcomes, disk and days, as they are now.</summary>
    static async Task<Ok<PipelineShape>> GetAsync(
        Caller caller,
        OrganizationQueries organizations,
        QuarantineQueries quarantine,
        PipelineHealth health,
        Rebuilds rebuilds,
        DiskUse disk,
        Journal.Journal journal,
        MetadataWatch metadata,
        CancellationToken cancellation
    )
    {
        var own = (await organizations.OfCallerAsync(caller, null, cancellation))
            .Select(organization => organization.Id)
            .ToHashSet();
        var state = journal.State;
        return TypedResults.Ok(
            new PipelineShape
            {
                Status = StatusOf(health),
                Failure = health is { Error: { } error, FailingStep: { } step, FailingSince: { } since }
                    ? new(step, error, since.UtcDateTime)
                    : null,
                Journal = new(state.BytesOnDisk, state.Segments, state.Refusing, health.LostBytes),
                Stages = Stages(health, state),
                Steps = [.. PipelineHealth.Steps.Select(name => StepOf(health, name))],
                Outcomes = OutcomesOf(health, own),
                Disk = disk.ToShape(),
                Days = DaysOf(disk, rebuilds),
                MetadataDamage = metadata.Damage,
                Quarantined = await quarantine.CountAsync(own, cancellation),
            }
        );
    }

    /// <summary>News of the organisation's issues and projects as server-sent events: <c>issue</c> and <c>project</c>.</summary>
    static LiveStream Live(Tenant tenant, LiveUpdates updates, Projects.ProjectDirectory projects) =>
        new(tenant.Organization.Id, updates, projects);

    static string StatusOf(PipelineHealth health) =>
        health.IsStuck ? "stuck"
        : health.Error is not null ? "failing"
        : health.Step is null ? "idle"
        : "working";

    static StageShape[] Stages(PipelineHealth health, Journal.JournalState journal)
    {
        var (records, bytes) = (Rounded(health.Records.PerSecond), Rounded(health.Bytes.PerSecond));
        var oldest = Rounded(health.OldestAge?.TotalSeconds ?? 0);
        // The journal is freed only behind what all stores have applied, so its lag is the whole of it.
        return
        [
            new("journal", records, bytes, Math.Max(0, journal.End - journal.Released), oldest),
            new("worker", records, bytes, Math.Max(0, journal.End - Math.Max(health.Position, journal.Released)), oldest),
        ];
    }

    static StepShape StepOf(PipelineHealth health, string name)
    {
        var (median, p95) = health.Timing(name);
        return new(name, Rounded(median), Rounded(p95), health.Step == name);
    }

    static OutcomeShape[] OutcomesOf(PipelineHealth health, HashSet<long> own) =>
        [
            .. health
                .Outcomes.LastHour()
                .Where(count => own.Contains(count.Key.OrganizationId) && count.Value != 0)
                .GroupBy(count => (count.Key.Outcome, count.Key.Reason, count.Key.Category), count => count.Value)
                .Select(sum => new OutcomeShape(OutcomeName.Of(sum.Key.Outcome), sum.Key.Reason, sum.Key.Category, sum.Sum()))
                .OrderByDescending(outcome => outcome.Quantity),
        ];

    static DayShape[] DaysOf(DiskUse disk, Rebuilds rebuilds)
    {
        var waiting = rebuilds.Waiting().DistinctBy(wait => wait.Day).ToDictionary(wait => wait.Day, wait => wait.Reason);
        var current = rebuilds.Current;
        return
        [
            .. disk.Days()
                .Select(day => new DayShape(
                    day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    day.TelemetryBytes,
                    day.PayloadBytes,
                    waiting.GetValueOrDefault(day.Day) ?? day.Damage,
                    current is not null && current.Day == day.Day ? new(current.Done, current.Total) : null,
                    day.IsClosed
                )),
        ];
    }

    static double Rounded(double value) => Math.Round(value, 3);
}
