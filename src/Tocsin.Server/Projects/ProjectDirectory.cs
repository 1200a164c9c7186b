using System.Collections.Frozen;
using System.Text.Json;
using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>
/// All projects and keys, in memory. Reading takes no lock and no query: the gateway asks it for every request.
/// A command that changes a project refreshes it before it answers; other processes notice within a second.
/// </summary>
sealed class ProjectDirectory(MetadataDb db) : IDisposable
{
    readonly SemaphoreSlim refresh = new(1, 1);
    volatile Contents contents = Contents.Empty;

    public IReadOnlyCollection<ProjectSnapshot> All => contents.ById.Values;

    /// <summary>The state of the change counter that the contents show.</summary>
    public long Number => contents.Number;

    public ProjectSnapshot? Get(long projectId) => contents.ById.GetValueOrDefault(projectId);

    public KeyedProject? Find(ReadOnlySpan<char> publicKey) =>
        contents.ByKey.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(publicKey, out var found) ? found : null;

    public IEnumerable<ProjectSnapshot> Of(long organizationId) =>
        contents.ById.Values.Where(project => project.OrganizationId == organizationId);

    /// <exception cref="DamagedMetadataException">A project cannot be read; what was known stays.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        // One at a time, so that an older reading never replaces a newer one.
        await refresh.WaitAsync(cancellation);
        try
        {
            contents = await ReadAsync(cancellation);
        }
        finally
        {
            refresh.Release();
        }
    }

    /// <summary>Changes projects or keys. It is seen here when the call returns, and in other processes within a second.</summary>
    public async Task<T> ChangeAsync<T>(Func<MetadataTransaction, Task<T>> work, CancellationToken cancellation)
    {
        var change = await db.WriteAsync(
            async transaction =>
            {
                await Changes.NoteAsync(transaction, Changes.Projects);
                return await work(transaction);
            },
            cancellation
        );
        await RefreshAsync(cancellation);
        return change;
    }

    async Task<Contents> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        // The number first: a change between the two readings is then seen as one still to come.
        var number = await Changes.NumberAsync(connection, Changes.Projects);
        var projects = await connection.QueryAsync<ProjectRow>(
            """
            SELECT p.id, p.slug, p.organization_id, o.slug AS organization_slug, p.platform, p.status,
                p.first_event, p.first_transaction, p.options
            FROM projects p JOIN organizations o ON o.id = p.organization_id
            """
        );
        var keys = await connection.QueryAsync<KeyRow>(
            "SELECT id, project_id, public_key, is_active, rate_limit_count, rate_limit_window FROM project_keys ORDER BY id"
        );
        var keysOf = keys.ToLookup(key => key.ProjectId, key => key.ToSnapshot());
        return new(number, [.. projects.Select(project => project.ToSnapshot([.. keysOf[project.Id]]))]);
    }

    public void Dispose() => refresh.Dispose();

    sealed class Contents(long number, IReadOnlyCollection<ProjectSnapshot> projects)
    {
        public static Contents Empty { get; } = new(0, []);

        public long Number { get; } = number;
        public FrozenDictionary<long, ProjectSnapshot> ById { get; } = projects.ToFrozenDictionary(project => project.Id);
        public FrozenDictionary<string, KeyedProject> ByKey { get; } =
            projects
                .SelectMany(project => project.Keys.Select(key => new KeyedProject(project, key)))
                .ToFrozenDictionary(found => found.Key.PublicKey);
    }

    sealed record ProjectRow
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public long OrganizationId { get; init; }
        public string OrganizationSlug { get; init; } = "";
        public string? Platform { get; init; }
        public string Status { get; init; } = "";
        public long? FirstEvent { get; init; }
        public long? FirstTransaction { get; init; }
        public string Options { get; init; } = "{}";

        public ProjectSnapshot ToSnapshot(IReadOnlyList<KeySnapshot> keys) =>
            new()
            {
                Id = Id,
                Slug = Slug,
                OrganizationId = OrganizationId,
                OrganizationSlug = OrganizationSlug,
                Platform = Platform,
                IsActive = Status == ProjectStatus.Active,
                HasFirstEvent = FirstEvent is not null,
                HasFirstTransaction = FirstTransaction is not null,
                Keys = keys,
                Options = ReadOptions(),
            };

        /// <summary>No defaults in place of what cannot be read: they could store what somebody asked to have removed.</summary>
        ProjectOptions ReadOptions()
        {
            try
            {
                return ProjectOptions.Parse(Options);
            }
            catch (JsonException damaged)
            {
                throw new DamagedMetadataException(
                    $"The options of project {Id} cannot be read at byte {damaged.BytePositionInLine}.",
                    damaged
                );
            }
        }
    }

    sealed record KeyRow
    {
        public long Id { get; init; }
        public long ProjectId { get; init; }
        public string PublicKey { get; init; } = "";
        public bool IsActive { get; init; }
        public long? RateLimitCount { get; init; }
        public long? RateLimitWindow { get; init; }

        public KeySnapshot ToSnapshot() =>
            new(Id, PublicKey, ProjectId, IsActive, RateLimit.FromColumns(RateLimitCount, RateLimitWindow));
    }
}

/// <summary>What a public key leads to.</summary>
readonly record struct KeyedProject(ProjectSnapshot Project, KeySnapshot Key);
