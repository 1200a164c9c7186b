using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Releases;

/// <summary>
/// The repositories by name. sentry-cli asks for them before it sets commits, and gives up without an answer; there is no connection to them, so
/// that a repository exists from the first commit that names it.
/// </summary>
static class RepositoryApi
{
    public static void MapRepositories(this GatedRoutes routes) =>
        routes.Organization.Get("/repos/", Scope.ReleaseRead, ListAsync);

    internal static async Task<Page<RepositoryShape>> ListAsync(
        Tenant tenant,
        PageRequest page,
        ReleaseQueries releases,
        CancellationToken cancellation
    )
    {
        var found = await releases.RepositoriesAsync(tenant.Organization.Id, page.Limit + 1, page.Offset, cancellation);
        return Page<RepositoryShape>.FromOffset(page, [.. found.Select(RepositoryShape.Of)]);
    }
}

/// <summary>By properties, as SQLite does not say of which type a minimum of no rows is, which a constructor would have to fit.</summary>
sealed record Repository
{
    public required string Name { get; init; }

    /// <summary>Microseconds since 1970, of its earliest commit.</summary>
    public required long Created { get; init; }
}

/// <summary>Id: its name, which is all that is known of it.</summary>
sealed record RepositoryShape(
    string Id,
    string Name,
    string? Url,
    RepositoryProvider Provider,
    string Status,
    DateTimeOffset DateCreated
)
{
    public static RepositoryShape Of(Repository repository) =>
        new(
            repository.Name,
            repository.Name,
            null,
            new("unknown", "Unknown Provider"),
            "active",
            Microseconds.ToUtc(repository.Created)
        );
}

sealed record RepositoryProvider(string Id, string Name);
