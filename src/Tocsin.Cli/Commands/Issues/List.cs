using System.CommandLine;
using System.Globalization;

namespace Tocsin.Cli.Commands.Issues;

/// <summary><c>tocsin issues list</c>: one line an issue, newest first.</summary>
static class List
{
    public static Command Command(TextWriter output)
    {
        var query = new Option<string>("--query", "-q")
        {
            Description = "Search, as on the page",
            DefaultValueFactory = _ => "is:unresolved",
        };
        var project = new Option<string>("--project", "-p") { Description = "Slug of a project; all when left out" };
        var limit = new Option<int>("--limit") { Description = "At most this many, up to 100", DefaultValueFactory = _ => 25 };
        var command = new Command("list", "Lists issues.")
        {
            query,
            project,
            limit,
            Connection.Server,
            Connection.Token,
            Connection.Organization,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var scope = parsed.GetValue(project) is { } slug
                    ? $"projects/{{0}}/{Uri.EscapeDataString(slug)}"
                    : "organizations/{0}";
                var search = $"issues/?query={Uri.EscapeDataString(parsed.GetValue(query)!)}&limit={parsed.GetValue(limit)}";
                return IssueCall.RunAsync(parsed, $"{scope}/{search}", body => Print(body.AsArray(), output), cancellation);
            }
        );
        return command;
    }

    static void Print(System.Text.Json.Nodes.JsonArray issues, TextWriter output)
    {
        foreach (var issue in issues)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{issue!["shortId"], -16} {issue["level"], -8} {issue["count"], 7} events {issue["userCount"], 5} users  {issue["lastSeen"]}  {issue["title"]}"
                )
            );
        }
        output.WriteLine($"{issues.Count} issues");
    }
}
