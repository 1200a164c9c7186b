using System.CommandLine;
using Tocsin.Cli.Commands;
using Tocsin.Cli.Commands.Issues;

namespace Tocsin.Cli;

/// <summary>Every command, in one list. The path of a command's file is its command line.</summary>
static class CommandTree
{
    public static RootCommand Build(TextWriter output) =>
        new($"Talks to a Tocsin server over HTTP.\n\n{ExitCode.Table}")
        {
            Login.Command(output),
            Send.Command(output),
            new Command("issues", "Lists, shows and resolves issues.")
            {
                List.Command(output),
                Show.Command(output),
                Resolve.Command(output),
            },
        };

    public static bool AsksForHelp(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?" or "--version");

    public static int Misused(ParseResult parsed, TextWriter errors)
    {
        foreach (var error in parsed.Errors)
        {
            errors.WriteLine(error.Message);
        }
        errors.WriteLine("Try --help.");
        return ExitCode.Usage;
    }
}
