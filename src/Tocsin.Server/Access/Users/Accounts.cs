using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Users;

/// <summary>
/// Who people are: making a user, knowing them by their password. A wrong address and a wrong password take the same time and get
/// the same answer.
/// </summary>
sealed class Accounts(UserManager<User> users, UserStore store, PasswordGuesses guesses, HashingQueue queue, TimeProvider time)
{
    static readonly PasswordHasher<User> Hasher = new(Options.Create(HashingCost()));

    // Any hash of the current cost: checked against when there is no user, so that the answer takes as long.
    static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword(new User(), Secret.New()));

    /// <summary>PBKDF2-HMAC-SHA512 at the cost that OWASP asks for.</summary>
    public static PasswordHasherOptions HashingCost() => new() { IterationCount = 210_000 };

    public async Task<LoginAnswer> LogInAsync(string email, string password, CancellationToken cancellation)
    {
        if (await guesses.TakeAsync(email, cancellation) is { } wait)
        {
            return new LoginAnswer.Locked(wait);
        }
        var user = await store.FindByEmailAsync(EmailAddress.Normalize(email), cancellation);
        using var place = await queue.EnterAsync(cancellation);
        // Longer than any password that can be set: not worth hashing.
        var isRight = password.Length <= PasswordRules.MaxLength && await CheckAsync(user, password);
        if (!isRight || user is not { IsActive: true })
        {
            return new LoginAnswer.Refused();
        }
        await guesses.ForgetAsync(email, cancellation);
        return new LoginAnswer.Welcome(user);
    }

    /// <summary>A user that is not kept yet, with its hash; or the sentences that say, by field, what is wrong.</summary>
    public async Task<(User? User, IReadOnlyList<(string Field, string Sentence)> Problems)> PrepareAsync(
        string? email,
        string? password,
        string? name,
        CancellationToken cancellation
    )
    {
        var problems = new List<(string, string)>();
        var address = EmailAddress.Parse(email);
        if (address is null)
        {
            problems.Add(("email", "Enter a valid email address."));
        }
        if (PasswordRules.Problem(password ?? "", address ?? "") is { } problem)
        {
            problems.Add(("password", problem));
        }
        if (name?.Length > 200)
        {
            problems.Add(("name", "At most 200 characters."));
        }
        if (problems.Count > 0)
        {
            return (null, problems);
        }
        var user = new User
        {
            Email = address!,
            NormalizedEmail = EmailAddress.Normalize(address!),
            Name = name?.Trim() ?? "",
            SecurityStamp = Secret.New(),
            Created = Microseconds.Now(time),
        };
        using var place = await queue.EnterAsync(cancellation);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        return (user, []);
    }

    /// <summary>Null: done. Needs the current password, so that a page left open is not enough to take an account over.</summary>
    public async Task<(string Field, string Sentence)?> ChangePasswordAsync(
        User user,
        string current,
        string next,
        CancellationToken cancellation
    )
    {
        if (await guesses.TakeAsync(user.Email, cancellation) is { } wait)
        {
            return ("currentPassword", $"Too many wrong passwords. Try again in {wait.TotalSeconds:0} seconds.");
        }
        using var place = await queue.EnterAsync(cancellation);
        if (!await users.CheckPasswordAsync(user, current))
        {
            return ("currentPassword", "The current password is not right.");
        }
        await guesses.ForgetAsync(user.Email, cancellation);
        var result = await users.ChangePasswordAsync(user, current, next);
        return result.Succeeded ? null : ("password", result.Errors.First().Description);
    }

    async Task<bool> CheckAsync(User? user, string password)
    {
        if (user?.PasswordHash is not null)
        {
            return await users.CheckPasswordAsync(user, password);
        }
        Hasher.VerifyHashedPassword(new User(), NobodysHash.Value, password);
        return false;
    }
}

/// <summary>How a login ended.</summary>
abstract record LoginAnswer
{
    LoginAnswer() { }

    public sealed record Welcome(User User) : LoginAnswer;

    public sealed record Refused : LoginAnswer;

    public sealed record Locked(TimeSpan Wait) : LoginAnswer;
}
