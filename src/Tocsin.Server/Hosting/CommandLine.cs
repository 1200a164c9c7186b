using System.Collections;
using System.CommandLine;
using Tocsin.Server.Hosting.Checks;

namespace Tocsin.Server.Hosting;

/// <summary>The server's own commands. Without one it serves.</summary>
static class CommandLine
{
    public static RootCommand Build()
    {
        var root = new RootCommand(Description());
        var memory = new Option<string?>("--memory") { Description = Setting.Memory.Meaning };
        root.Add(memory);
        root.SetAction((parsed, cancellation) => WithSettingsAsync(ServeCommand.RunAsync, cancellation, parsed.GetValue(memory)));
        var serve = new Command("serve", "Starts the server; this is what happens without a command, too.") { memory };
        serve.SetAction(
            (parsed, cancellation) => WithSettingsAsync(ServeCommand.RunAsync, cancellation, parsed.GetValue(memory))
        );
        var doctor = new Command(
            "doctor",
            "Checks libraries, data directory, disk, port and database, and says how to mend what is wrong."
        );
        doctor.SetAction(
            (_, cancellation) => WithSettingsAsync((options, stop) => Doctor.RunAsync(options, Console.Out, stop), cancellation)
        );
        root.Add(serve);
        root.Add(doctor);
        root.Add(TokenCommand.Build());
        return root;
    }

    /// <param name="run">What to do with the settings.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="memory">Instead of the setting of this name.</param>
    public static async Task<int> WithSettingsAsync(
        Func<ServerOptions, CancellationToken, Task<int>> run,
        CancellationToken cancellation,
        string? memory = null
    )
    {
        var variables = EnvironmentVariables();
        if (memory is not null)
        {
            variables[Setting.Memory.Variable] = memory;
        }
        var options = SettingsReader.Read(variables, Directory.GetCurrentDirectory(), out var error);
        if (options is null)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCode.Usage;
        }
        return await run(options, cancellation);
    }

    static Dictionary<string, string> EnvironmentVariables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    static string Description() =>
        $"""
            Tocsin {Product.Version}: error tracking that a team hosts itself.

            Settings are environment variables, or keys of {SettingsReader.FileName} in the working directory:

            {string.Join(
                '\n',
                Setting.All.Select(setting =>
                    $"  {setting.Variable, -28} {setting.Key, -20} {setting.Meaning}{(setting.Default.Length > 0 ? $" Default: {setting.Default}." : "")}"
                )
            )}

            {ExitCode.Table}
            """;
}
