using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tocsin.Cli.Commands.Issues;

/// <summary><c>tocsin issues show SHOP-4K</c>: the facts of an issue and the stack of its latest event.</summary>
static class Show
{
    public static Command Command(TextWriter output)
    {
        var issue = IssueCall.IssueArgument();
        var command = new Command("show", "Shows an issue and the stack of its latest event.")
        {
            issue,
            Connection.Server,
            Connection.Token,
            Connection.Organization,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var path = $"organizations/{{0}}/issues/{Uri.EscapeDataString(parsed.GetValue(issue)!)}/";
                var code = await IssueCall.RunAsync(parsed, path, body => PrintIssue(body, output), cancellation);
                return code == ExitCode.Done
                    ? await IssueCall.RunAsync(parsed, path + "events/latest/", body => PrintEvent(body, output), cancellation)
                    : code;
            }
        );
        return command;
    }

    static void PrintIssue(JsonNode issue, TextWriter output)
    {
        output.WriteLine($"{issue["shortId"]}  {issue["title"]}");
        output.WriteLine($"{issue["culprit"]}");
        output.WriteLine($"{issue["status"]} · {issue["level"]} · {issue["count"]} events · {issue["userCount"]} users");
        output.WriteLine($"first seen {issue["firstSeen"]} · last seen {issue["lastSeen"]}");
        output.WriteLine($"{issue["permalink"]}");
    }

    static void PrintEvent(JsonNode latest, TextWriter output)
    {
        foreach (var entry in latest["entries"]?.AsArray() ?? [])
        {
            if (entry?["type"]?.ToString() != "exception")
            {
                continue;
            }
            foreach (var exception in (entry["data"]?["values"]?.AsArray() ?? []).Reverse())
            {
                output.WriteLine();
                output.WriteLine($"{exception?["type"]}: {exception?["value"]}");
                foreach (var frame in (exception?["stacktrace"]?["frames"]?.AsArray() ?? []).Reverse())
                {
                    var mark = frame?["inApp"]?.GetValue<bool>() == true ? "▸" : " ";
                    output.WriteLine(
                        $"  {mark} {frame?["function"] ?? "?"}  {frame?["filename"] ?? frame?["module"]}:{frame?["lineNo"]}"
                    );
                }
            }
        }
    }
}
