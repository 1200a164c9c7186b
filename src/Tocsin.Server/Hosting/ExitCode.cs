namespace Tocsin.Server.Hosting;

/// <summary>What a script can rely on; <c>--help</c> prints the same.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something is to be mended, or the start failed.</summary>
    public const int Failed = 1;

    /// <summary>A setting or the command line is wrong.</summary>
    public const int Usage = 2;

    public const string Table =
        "Exit codes: 0 done · 1 something is to be mended, or the start failed · 2 a setting or the command line is wrong";
}
