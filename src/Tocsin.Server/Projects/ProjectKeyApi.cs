using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Projects;

static class ProjectKeyApi
{
    public static void MapProjectKeys(this GatedRoutes routes)
    {
        routes.Project.Get("/keys/", Scope.ProjectRead, ListAsync);
        routes.Project.Post("/keys/", Scope.ProjectWrite, CreateAsync);
        routes.Project.Get("/keys/{key}/", Scope.ProjectRead, GetAsync);
        routes.Project.Put("/keys/{key}/", Scope.ProjectWrite, UpdateAsync);
        routes.Project.Delete("/keys/{key}/", Scope.ProjectAdmin, DeleteAsync);
        routes.Project.Post("/keys/{key}/rotate/", Scope.ProjectWrite, RotateAsync);
    }

    /// <summary>The project's keys; <c>status</c> narrows to <c>active</c> or <c>inactive</c> ones.</summary>
    internal static async Task<Page<ProjectKeyShape>> ListAsync(
        Tenant tenant,
        PageRequest page,
        ProjectQueries projects,
        ServerOptions server,
        string? status,
        CancellationToken cancellation
    )
    {
        var keys = (await projects.KeysAsync(tenant.Project.Id, cancellation)).Where(key =>
            status switch
            {
                "active" => key.IsActive,
                "inactive" => !key.IsActive,
                _ => true,
            }
        );
        return Page<ProjectKeyShape>.Of(page, [.. keys.Select(key => new ProjectKeyShape(key, server.Url))]);
    }

    /// <summary>Makes a key.</summary>
    internal static async Task<Results<Created<ProjectKeyShape>, ApiError>> CreateAsync(
        Tenant tenant,
        ProjectKeyBody body,
        ProjectKeyCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }
        var key = await commands.CreateAsync(tenant.Project.Id, new(body.TrimmedName ?? "Key", body.Limit), cancellation);
        return TypedResults.Created((string?)null, await ShapeAsync(tenant, key, projects, server, cancellation));
    }

    /// <summary>One key.</summary>
    internal static async Task<Results<Ok<ProjectKeyShape>, ApiError>> GetAsync(
        Tenant tenant,
        string key,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    ) =>
        await ShapeAsync(tenant, key, projects, server, cancellation) is { } shape ? TypedResults.Ok(shape) : ApiError.NotFound();

    /// <summary>Renames, limits, switches on or off.</summary>
    internal static async Task<Results<Ok<ProjectKeyShape>, ApiError>> UpdateAsync(
        Tenant tenant,
        string key,
        ProjectKeyBody body,
        ProjectKeyCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }
        var patch = new KeyPatch
        {
            Label = body.TrimmedName,
            IsActive = body.IsActive,
            ChangesLimit = body.RateLimit.IsPresent,
            Limit = body.Limit,
        };
        return await commands.UpdateAsync(tenant.Project.Id, key, patch, cancellation)
            ? await GetAsync(tenant, key, projects, server, cancellation)
            : ApiError.NotFound();
    }

    /// <summary>Removes the key; clients that still use it are refused.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(
        Tenant tenant,
        string key,
        ProjectKeyCommands commands,
        CancellationToken cancellation
    ) => await commands.DeleteAsync(tenant.Project.Id, key, cancellation) ? TypedResults.NoContent() : ApiError.NotFound();

    /// <summary>Makes a key to take this one's place; both work until this one is removed.</summary>
    internal static async Task<Results<Created<ProjectKeyShape>, ApiError>> RotateAsync(
        Tenant tenant,
        string key,
        ProjectKeyCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    ) =>
        await commands.RotateAsync(tenant.Project.Id, key, cancellation) is { } rotated
            ? TypedResults.Created((string?)null, await ShapeAsync(tenant, rotated, projects, server, cancellation))
            : ApiError.NotFound();

    static async Task<ProjectKeyShape?> ShapeAsync(
        Tenant tenant,
        string publicKey,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        var keys = await projects.KeysAsync(tenant.Project.Id, cancellation);
        return keys.FirstOrDefault(key => key.PublicKey == publicKey) is { } found ? new(found, server.Url) : null;
    }
}

/// <summary>What is absent stays as it is; a null limit removes it.</summary>
sealed record ProjectKeyBody
{
    public string? Name { get; init; }
    public bool? IsActive { get; init; }
    public Patch<RateLimit> RateLimit { get; init; }

    internal string? TrimmedName => string.IsNullOrWhiteSpace(Name) ? null : Name.Trim();

    // Terraform writes no limit as two zeros.
    internal RateLimit? Limit => RateLimit.Value is { Count: > 0, Window: > 0 } limit ? limit : null;

    internal ApiError? Problem =>
        Name?.Length > 64 ? ApiError.Field("name", "At most 64 characters.")
        : RateLimit.Value is { } limit && (limit.Count < 0 || limit.Window is < 0 or > 86_400)
            ? ApiError.Field("rateLimit", "Count and window must not be negative; a window is at most a day (86400 seconds).")
        : null;
}
