using Microsoft.AspNetCore.Identity;

namespace Tocsin.Server.Access.Users;

/// <summary>
/// Which passwords are refused: short ones, and those that attackers try first, also when they are dressed up with digits, signs or
/// look-alike letters. No rules about kinds of characters: they make passwords harder to remember and no harder to guess.
/// </summary>
sealed class PasswordRules : IPasswordValidator<User>
{
    public const int MinLength = 10;
    public const int MaxLength = 256;

    static readonly HashSet<string> Known =
    [
        .. """
            abc abcd abcdef abcdefg abcdefgh abcdefghi abcdefghij access admin administrator adminadmin admins asdf asdfgh asdfghjkl
            azerty azertyuiop baseball batman changeit changeme changemenow charlie computer default demo demodemo donald dragon dummy
            example flower football foobar freedom guest hello helloworld hottie iloveyou insecure jesus jordan killer letmein letmeinnow
            login loveme lovely manager master matrix michael monkey mustang mypassword mysecret mysecretpassword newpassword ninja nopassword
            office operator oracle owner pass passpass passphrase passw password passwordpassword passwort passwd pokemon postgres princess
            private public qazwsx qazwsxedc qwer qwerty qwertyqwerty qwertyui qwertyuiop qwertz qwertzuiop root rootroot sample secret
            secretsecret sentry server service shadow soccer starwars summer winter spring autumn sunshine superman supersecret superuser
            sysadmin system temppassword temporary test tester testing testpassword testtest thepassword tigger tocsin tocsintocsin
            trustno toor trustnoone unknown user userpassword username welcome welcomewelcome whatever xxxxxx yourpassword zaq zaqwsx zxcvbn zxcvbnm
            """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    /// <summary>A sentence that says why the password is refused; null: it is taken.</summary>
    public static string? Problem(string password, string email)
    {
        if (password.Length < MinLength)
        {
            return $"The password is too short: it needs at least {MinLength} characters.";
        }
        if (password.Length > MaxLength)
        {
            return $"The password is too long: at most {MaxLength} characters are allowed.";
        }
        if (password.Distinct().Count() < 5 || IsRun(password))
        {
            return "The password is too simple: it repeats or counts up the same few characters.";
        }
        var word = Undressed(password);
        var name = Undressed(email.Split('@')[0]);
        if (word.Length == 0 || Known.Contains(word) || Known.Contains(Undressed(password.TrimEnd('!', '.', '1'))))
        {
            return "The password is one of the first that attackers try.";
        }
        return word == name || password.Equals(email, StringComparison.OrdinalIgnoreCase)
            ? "The password is too close to the e-mail address."
            : null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(
            Problem(password ?? "", user.Email) is { } problem
                ? IdentityResult.Failed(new IdentityError { Code = "password", Description = problem })
                : IdentityResult.Success
        );

    // "P@ssw0rd!2024" is "password": digits at the ends are decoration, elsewhere they stand for letters.
    static string Undressed(string text) =>
        string.Concat(
            text.ToLowerInvariant()
                .Trim([.. "0123456789!?.,-_#*+ "])
                .Select(c =>
                    c switch
                    {
                        '0' => 'o',
                        '1' or '!' => 'i',
                        '3' => 'e',
                        '4' or '@' => 'a',
                        '5' or '$' => 's',
                        '7' => 't',
                        _ => c,
                    }
                )
                .Where(char.IsLetter)
        );

    static bool IsRun(string text) =>
        text.Zip(text.Skip(1)).All(pair => pair.Second - pair.First == 1)
        || text.Zip(text.Skip(1)).All(pair => pair.Second - pair.First == -1);
}
