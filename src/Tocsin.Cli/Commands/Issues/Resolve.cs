using System.CommandLine;

namespace Tocsin.Cli.Commands.Issues;

/// <summary><c>tocsin issues resolve SHOP-4K</c>; a later event reopens the issue as a regression.</summary>
static class Resolve
{
    public static Command Command(TextWriter output)
    {
        var issue = IssueCall.IssueArgument();
        var command = new Command("resolve", "Resolves an issue; a later event reopens it.")
        {
            issue,
            Connection.Server,
            Connection.Token,
            Connection.Organization,
        };
        command.SetAction(
            (parsed, cancellation) =>
                IssueCall.RunAsync(
                    parsed,
                    HttpMethod.Put,
                    $"organizations/{{0}}/issues/{Uri.EscapeDataString(parsed.GetValue(issue)!)}/",
                    new() { ["status"] = "resolved" },
                    body => output.WriteLine($"{body["shortId"]} is {body["status"]}."),
                    cancellation
                )
        );
        return command;
    }
}
