using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Users;

/// <summary>
/// Users for ASP.NET Core Identity, which brings hashing, validation and stamps; the rows are ours. The user name is the address.
/// </summary>
sealed class UserStore(MetadataDb db, TimeProvider time)
    : IUserPasswordStore<User>,
        IUserEmailStore<User>,
        IUserSecurityStampStore<User>
{
    const string Columns =
        "id, email, normalized_email, name, password_hash, security_stamp, is_active, is_superuser, created, last_login";

    /// <summary>Inside a transaction of the caller; returns the id.</summary>
    public static Task<long> InsertAsync(MetadataTransaction transaction, User user) =>
        transaction.ScalarAsync<long>(
            """
            INSERT INTO users (email, normalized_email, name, password_hash, security_stamp, is_active, is_superuser, created)
            VALUES (@Email, @NormalizedEmail, @Name, @PasswordHash, @SecurityStamp, @IsActive, @IsSuperuser, @Created)
            RETURNING id
            """,
            user
        );

    public async Task<User?> GetAsync(long id, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<User>($"SELECT {Columns} FROM users WHERE id = @id", new { id });
    }

    public async Task<User?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<User>(
            $"SELECT {Columns} FROM users WHERE normalized_email = @normalizedEmail",
            new { normalizedEmail }
        );
    }

    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        user.Created = Microseconds.Now(time);
        user.Id = await db.WriteAsync(transaction => InsertAsync(transaction, user), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        await db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(
                    """
                    UPDATE users SET email = @Email, normalized_email = @NormalizedEmail, name = @Name,
                        password_hash = @PasswordHash, security_stamp = @SecurityStamp, is_active = @IsActive
                    WHERE id = @Id
                    """,
                    user
                ),
            cancellationToken
        );
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await db.WriteAsync(
            transaction => transaction.ExecuteAsync("DELETE FROM users WHERE id = @Id", new { user.Id }),
            cancellationToken
        );
        return IdentityResult.Success;
    }

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        GetAsync(long.Parse(userId, CultureInfo.InvariantCulture), cancellationToken);

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) =>
        Set(() => user.Email = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedEmail);

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedEmail = normalizedName ?? "");

    public Task<string?> GetEmailAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(User user, string? email, CancellationToken cancellationToken) =>
        Set(() => user.Email = email ?? "");

    // An account exists only through the set-up link, the operator or an invitation to the address: it is confirmed from the start.
    public Task<bool> GetEmailConfirmedAsync(User user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(User user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedEmail);

    public Task SetNormalizedEmailAsync(User user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedEmail = normalizedEmail ?? "");

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken) =>
        Set(() => user.SecurityStamp = stamp);

    public void Dispose() { }

    static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
