using System.CommandLine;

namespace Tocsin.Cli.Commands;

/// <summary><c>tocsin login --server URL --token TOKEN</c>: checks the token and keeps it for the next commands.</summary>
static class Login
{
    public static Command Command(TextWriter output)
    {
        var command = new Command(
            "login",
            "Checks a token and keeps it for the next commands. Make one under Settings, API tokens."
        )
        {
            Connection.Server,
            Connection.Token,
            Connection.Organization,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, output, cancellation));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        var server = parsed.GetValue(Connection.Server) ?? Environment.GetEnvironmentVariable("TOCSIN_SERVER");
        var token = parsed.GetValue(Connection.Token) ?? Environment.GetEnvironmentVariable("TOCSIN_TOKEN");
        if (server is null || token is null)
        {
            Console.Error.WriteLine("login needs --server and --token.");
            return ExitCode.Usage;
        }
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine($"--server must be an http or https address, not '{server}'.");
            return ExitCode.Usage;
        }
        using var connection = Connection.To(server, token, "");
        var organizations = await connection.GetAsync("organizations/", cancellation);
        if (!organizations.Ok)
        {
            return organizations.Explain(Console.Error);
        }
        var slug =
            parsed.GetValue(Connection.Organization) ?? organizations.Body?.AsArray().FirstOrDefault()?["slug"]?.ToString();
        if (slug is null || organizations.Body!.AsArray().All(one => one?["slug"]?.ToString() != slug))
        {
            Console.Error.WriteLine(
                slug is null ? "This token sees no organisation." : $"This token does not see the organisation '{slug}'."
            );
            return ExitCode.NotFound;
        }
        var file = new SavedLogin(server, token, slug).Write();
        output.WriteLine($"Logged in to {slug} at {server}. Kept in {file}.");
        return ExitCode.Done;
    }
}
