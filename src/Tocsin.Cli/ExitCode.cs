namespace Tocsin.Cli;

/// <summary>What a script can rely on; <c>--help</c> prints the same table.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server answered, and refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Not logged in, or the token is not valid any more.</summary>
    public const int NotLoggedIn = 3;

    public const int NotFound = 4;

    /// <summary>The server could not be reached.</summary>
    public const int Unreachable = 5;

    public const string Table = """
        Exit codes: 0 done · 1 refused by the server · 2 wrong command line · 3 not logged in · 4 not found · 5 server unreachable
        """;
}
