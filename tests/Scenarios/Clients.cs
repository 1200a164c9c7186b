using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Scenarios;

/// <summary>Programs that use real SDKs. They are installed from npm on first use and by ./test from Debian.</summary>
static class Clients
{
    static readonly Lazy<Task> Installed = new(InstallAsync);

    public static string Directory { get; } = Path.Combine(Path.GetDirectoryName(SourceFile())!, "clients");

    /// <summary>Runs to the end; a failure shows what the program printed.</summary>
    public static async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        await Installed.Value;
        // A program is found from where we are, not from where it will run.
        var found = program.StartsWith("node_modules/", StringComparison.Ordinal) ? Path.Combine(Directory, program) : program;
        return await ExecuteAsync(found, arguments, environment);
    }

    static Task InstallAsync() => ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund", "--silent"], []);

    static async Task<string> ExecuteAsync(
        string program,
        IEnumerable<string> arguments,
        (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    static string SourceFile([CallerFilePath] string file = "") => file;
}
