using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Journal;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>What could not be processed: list, look, download, play again, forget. The bytes are as they came, with whatever secrets they hold.</summary>
static class QuarantineApi
{
    public static void MapQuarantine(this GatedRoutes routes)
    {
        routes.Caller.Get("/internal/quarantine/", Credential.Any, Scope.EventRead, ListAsync);
        var entry = routes.Owned("/internal/quarantine/{entry}", "entry", OwnerAsync);
        entry.Get("/", Scope.EventRead, GetAsync);
        entry
            .Get("/download/", Scope.ProjectWrite, DownloadAsync)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        entry.Post("/replay/", Scope.ProjectWrite, ReplayAsync);
        entry.Delete("/", Scope.ProjectAdmin, DeleteAsync);
    }

    /// <summary>Entries of the caller's organisations, newest first.</summary>
    internal static async Task<Page<QuarantineShape>> ListAsync(
        Caller caller,
        PageRequest page,
        OrganizationQueries organizations,
        QuarantineQueries quarantine,
        ProjectDirectory projects,
        long? project,
        string? reason,
        CancellationToken cancellation
    )
    {
        var own = await organizations.OfCallerAsync(caller, null, cancellation);
        var ids = own.Select(organization => organization.Id).ToHashSet();
        var rows = await quarantine.ListAsync(ids, project, reason, page.Limit, page.Offset, cancellation);
        return Page<QuarantineShape>.FromOffset(page, [.. rows.Select(row => QuarantineShape.Of(row, projects))]);
    }

    static async Task<Results<Ok<QuarantineShape>, ApiError>> GetAsync(
        long entry,
        QuarantineQueries quarantine,
        ProjectDirectory projects,
        CancellationToken cancellation
    ) =>
        await quarantine.FindAsync(entry, cancellation) is { } found
            ? TypedResults.Ok(QuarantineShape.Of(found, projects))
            : ApiError.NotFound();

    /// <summary>The bytes as received; of an envelope, one that holds this item alone.</summary>
    internal static async Task<Results<FileContentHttpResult, ApiError>> DownloadAsync(
        long entry,
        QuarantineQueries quarantine,
        PayloadStore payloads,
        CancellationToken cancellation
    )
    {
        if (await quarantine.FindAsync(entry, cancellation) is not { } found)
        {
            return ApiError.NotFound();
        }
        return payloads.Read(found.Location, found.Is) switch
        {
            PayloadReading.Found { Record: var record } => TypedResults.File(
                record.Body.ToArray(),
                "application/octet-stream",
                string.Create(CultureInfo.InvariantCulture, $"quarantine-{found.Id}.bin")
            ),
            PayloadReading.Damaged damaged => ApiError.Conflict(damaged.Reason),
            _ => ApiError.NotFound("The bytes of this item are gone."),
        };
    }

    /// <summary>Puts the item back at the beginning of the pipeline.</summary>
    internal static async Task<Results<Accepted, ApiError>> ReplayAsync(
        long entry,
        QuarantineQueries quarantine,
        QuarantineReplay replay,
        CancellationToken cancellation
    )
    {
        if (await quarantine.FindAsync(entry, cancellation) is not { } found)
        {
            return ApiError.NotFound();
        }
        try
        {
            return await replay.ReplayAsync(found, cancellation) is ReplayAnswer.Impossible impossible
                ? ApiError.Conflict(impossible.Reason)
                : TypedResults.Accepted((string?)null);
        }
        catch (JournalUnavailableException)
        {
            return ApiError.Unavailable("The journal takes nothing now.", TimeSpan.FromSeconds(10));
        }
    }

    static async Task<NoContent> DeleteAsync(long entry, QuarantineQueries quarantine, CancellationToken cancellation)
    {
        await quarantine.DeleteAsync(entry, cancellation);
        return TypedResults.NoContent();
    }

    static async Task<Owner?> OwnerAsync(string value, IServiceProvider services, CancellationToken cancellation)
    {
        if (
            !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await services.GetRequiredService<QuarantineQueries>().FindAsync(id, cancellation)
                is not { OrganizationId: > 0 } found
        )
        {
            return null;
        }
        var project = services.GetRequiredService<ProjectDirectory>().Get(found.ProjectId);
        return new(found.OrganizationId, project?.Id);
    }
}

/// <summary>Reason: <c>unhandled</c> or <c>poison</c>. Quantities: category to quantity.</summary>
sealed record QuarantineShape(
    string Id,
    string ProjectId,
    string? ProjectSlug,
    string ItemType,
    IReadOnlyDictionary<string, long> Quantities,
    string Reason,
    string? Error,
    DateTime DateReceived,
    DateTime? DateReplayed,
    long Bytes
)
{
    public static QuarantineShape Of(QuarantineEntry entry, ProjectDirectory projects) =>
        new(
            entry.Id.ToString(CultureInfo.InvariantCulture),
            entry.ProjectId.ToString(CultureInfo.InvariantCulture),
            projects.Get(entry.ProjectId)?.Slug,
            entry.ItemType,
            RowFormat.ReadQuantities(entry.Quantities),
            entry.Reason,
            entry.Error,
            Microseconds.ToUtc(entry.Received),
            Microseconds.ToUtc(entry.Replayed),
            entry.Length
        );
}
