using Tocsin.Server.Access.Users;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access;

/// <summary>The one-time link that makes the first user, while there is none.</summary>
sealed class Setup(MetadataDb db, TimeProvider time)
{
    public async Task<bool> IsRequiredAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT COUNT(*) FROM users") == 0;
    }

    public async Task<bool> IsValidAsync(string link, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(
                connection,
                "SELECT COUNT(*) FROM setup_links WHERE token_hash = @hash AND used IS NULL AND expires > @now",
                new { hash = Secret.Hash(link), now = Microseconds.Now(time) }
            ) == 1;
    }

    /// <summary>Makes the user owner of the first organisation; false: the link was used, or is over.</summary>
    public Task<bool> CompleteAsync(string link, User user, string? organizationName, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
            {
                var now = Microseconds.Now(time);
                var used = await transaction.ExecuteAsync(
                    """
                    UPDATE setup_links SET used = @now WHERE token_hash = @hash AND used IS NULL AND expires > @now
                        AND NOT EXISTS (SELECT 1 FROM users)
                    """,
                    new { hash = Secret.Hash(link), now }
                );
                if (used != 1)
                {
                    return false;
                }
                // The other links that were printed while nobody had come.
                await transaction.ExecuteAsync("DELETE FROM setup_links WHERE used IS NULL");
                var organization = await transaction.ScalarAsync<long>("SELECT MIN(id) FROM organizations");
                await FirstRun.WelcomeAsync(transaction, organization, user, now);
                if (!string.IsNullOrWhiteSpace(organizationName))
                {
                    await transaction.ExecuteAsync(
                        "UPDATE organizations SET name = @name WHERE id = @organization",
                        new { name = organizationName.Trim(), organization }
                    );
                }
                return true;
            },
            cancellation
        );
}
