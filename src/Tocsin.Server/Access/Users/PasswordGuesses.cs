using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Users;

/// <summary>
/// Counts guesses by address, whether or not a user has it: a lock tells nobody who exists, which Identity's own lockout by user
/// would. Ten guesses a minute; the guess is taken before the password is checked, so that many at once are not more.
/// </summary>
sealed class PasswordGuesses(MetadataDb db, TimeProvider time)
{
    public const int PerMinute = 10;
    static readonly long Window = Microseconds.From(TimeSpan.FromMinutes(1));

    /// <summary>Null: guess. Otherwise how long to wait.</summary>
    public async Task<TimeSpan?> TakeAsync(string address, CancellationToken cancellation)
    {
        var now = Microseconds.Now(time);
        var (start, guesses) = await db.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "DELETE FROM password_guesses WHERE window_start <= @old",
                    new { old = now - Window }
                );
                return await transaction.FirstAsync<(long, long)>(
                    """
                    INSERT INTO password_guesses (address_hash, window_start, guesses) VALUES (@hash, @now, 1)
                    ON CONFLICT (address_hash) DO UPDATE SET guesses = password_guesses.guesses + 1
                    RETURNING window_start, guesses
                    """,
                    new { hash = Hash(address), now }
                );
            },
            cancellation
        );
        return guesses <= PerMinute ? null : TimeSpan.FromMicroseconds(start + Window - now);
    }

    /// <summary>The right password was among them.</summary>
    public Task ForgetAsync(string address, CancellationToken cancellation) =>
        db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync("DELETE FROM password_guesses WHERE address_hash = @hash", new { hash = Hash(address) }),
            cancellation
        );

    static string Hash(string address) => Secret.Hash(EmailAddress.Normalize(address));
}
