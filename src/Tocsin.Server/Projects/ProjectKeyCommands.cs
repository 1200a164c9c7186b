using System.Security.Cryptography;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>A project's client keys. A key that is switched off or deleted is refused by this process when the call returns.</summary>
sealed class ProjectKeyCommands(ProjectDirectory directory, TimeProvider time)
{
    /// <summary>Returns the public key.</summary>
    public Task<string> CreateAsync(long projectId, NewKey key, CancellationToken cancellation) =>
        directory.ChangeAsync(transaction => InsertAsync(transaction, projectId, key, Microseconds.Now(time)), cancellation);

    /// <summary>False: the project has no such key.</summary>
    public Task<bool> UpdateAsync(long projectId, string publicKey, KeyPatch patch, CancellationToken cancellation) =>
        directory.ChangeAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    """
                    UPDATE project_keys SET label = COALESCE(@Label, label), is_active = COALESCE(@IsActive, is_active),
                        rate_limit_count = CASE WHEN @changesLimit = 1 THEN @count ELSE rate_limit_count END,
                        rate_limit_window = CASE WHEN @changesLimit = 1 THEN @window ELSE rate_limit_window END
                    WHERE project_id = @projectId AND public_key = @publicKey
                    """,
                    new
                    {
                        projectId,
                        publicKey,
                        patch.Label,
                        IsActive = patch.IsActive is { } active ? (active ? 1L : 0L) : (long?)null,
                        changesLimit = patch.ChangesLimit ? 1L : 0L,
                        count = (long?)patch.Limit?.Count,
                        window = (long?)patch.Limit?.Window,
                    }
                ) > 0,
            cancellation
        );

    /// <summary>False: the project has no such key.</summary>
    public Task<bool> DeleteAsync(long projectId, string publicKey, CancellationToken cancellation) =>
        directory.ChangeAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    "DELETE FROM project_keys WHERE project_id = @projectId AND public_key = @publicKey",
                    new { projectId, publicKey }
                ) > 0,
            cancellation
        );

    /// <summary>
    /// A new key with the old one's label and limit. The old one stays active until it is deleted, so that clients can move over;
    /// null: the project has no such key.
    /// </summary>
    public Task<string?> RotateAsync(long projectId, string publicKey, CancellationToken cancellation) =>
        directory.ChangeAsync(
            async transaction =>
            {
                var old = await transaction.FirstAsync<KeyColumns>(
                    """
                    SELECT label, rate_limit_count, rate_limit_window FROM project_keys
                    WHERE project_id = @projectId AND public_key = @publicKey
                    """,
                    new { projectId, publicKey }
                );
                return old is null
                    ? null
                    : await InsertAsync(
                        transaction,
                        projectId,
                        new(old.Label, RateLimit.FromColumns(old.RateLimitCount, old.RateLimitWindow)),
                        Microseconds.Now(time)
                    );
            },
            cancellation
        );

    public static async Task<string> InsertAsync(MetadataTransaction transaction, long projectId, NewKey key, long now)
    {
        var publicKey = key.PublicKey ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        await transaction.ExecuteAsync(
            """
            INSERT INTO project_keys (project_id, label, public_key, secret_key, rate_limit_count, rate_limit_window, created)
            VALUES (@projectId, @Label, @publicKey, @secretKey, @count, @window, @now)
            """,
            new
            {
                projectId,
                key.Label,
                publicKey,
                secretKey = RandomNumberGenerator.GetHexString(32, lowercase: true),
                count = (long?)key.Limit?.Count,
                window = (long?)key.Limit?.Window,
                now,
            }
        );
        return publicKey;
    }

    sealed record KeyColumns
    {
        public string Label { get; init; } = "";
        public long? RateLimitCount { get; init; }
        public long? RateLimitWindow { get; init; }
    }
}

/// <summary>PublicKey: only where it was chosen outside.</summary>
sealed record NewKey(string Label, RateLimit? Limit)
{
    public string? PublicKey { get; init; }
}

/// <summary>What is null stays; the limit only changes with <see cref="ChangesLimit"/>, because null is also a value of it.</summary>
sealed record KeyPatch
{
    public string? Label { get; init; }
    public bool? IsActive { get; init; }
    public bool ChangesLimit { get; init; }
    public RateLimit? Limit { get; init; }
}
