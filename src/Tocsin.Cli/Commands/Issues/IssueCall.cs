using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Tocsin.Cli.Commands.Issues;

/// <summary>What every issue command does around its own part: connect, call, print or explain.</summary>
static class IssueCall
{
    public static Argument<string> IssueArgument() => new("issue") { Description = "Short id (SHOP-4K) or number" };

    /// <summary>{0} in the path stands for the organisation.</summary>
    public static Task<int> RunAsync(ParseResult parsed, string path, Action<JsonNode> print, CancellationToken cancellation) =>
        RunAsync(parsed, HttpMethod.Get, path, null, print, cancellation);

    public static async Task<int> RunAsync(
        ParseResult parsed,
        HttpMethod method,
        string path,
        JsonObject? body,
        Action<JsonNode> print,
        CancellationToken cancellation
    )
    {
        using var connection = Connection.From(parsed);
        if (connection is null)
        {
            Console.Error.WriteLine("Not logged in: run 'tocsin login', or give --server and --token.");
            return ExitCode.NotLoggedIn;
        }
        var full = string.Format(CultureInfo.InvariantCulture, path, Uri.EscapeDataString(connection.OrganizationSlug));
        var answer = await connection.SendAsync(method, full, body, cancellation);
        if (!answer.Ok || answer.Body is null)
        {
            return answer.Explain(Console.Error);
        }
        print(answer.Body);
        return ExitCode.Done;
    }
}
