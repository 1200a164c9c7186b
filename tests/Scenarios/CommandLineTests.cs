using System.Diagnostics;

namespace Scenarios;

/// <summary>The command line client as a script uses it: what it prints, and its exit codes.</summary>
public sealed class CommandLineTests : IDisposable
{
    const int Done = 0;
    const int Usage = 2;
    const int NotLoggedIn = 3;
    const int NotFound = 4;
    const int Unreachable = 5;

    readonly string home = Directory.CreateTempSubdirectory("tocsin-home-").FullName;

    [Fact]
    public async Task An_issue_is_sent_listed_shown_and_resolved()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();

        (await RunAsync("login", "--server", $"{server.Address}", "--token", ServerProcess.Token)).Code.ShouldBe(Done);
        var sent = await RunAsync("send", server.Dsn, "-m", "The till is open", "--level", "warning", "--release", "shop@1");
        sent.Code.ShouldBe(Done, sent.Errors);
        sent.Output.ShouldStartWith("Sent ");
        await server.UntilAsync(async () => (await server.IssuesAsync()).Count == 1, "the issue");

        var listed = await RunAsync("issues", "list");
        listed.Code.ShouldBe(Done, listed.Errors);
        listed.Output.ShouldContain("The till is open");
        listed.Output.ShouldContain("1 issues");
        var issue = (await server.IssuesAsync()).Single().Text("shortId");
        var shown = await RunAsync("issues", "show", issue);
        shown.Code.ShouldBe(Done, shown.Errors);
        shown.Output.ShouldContain("unresolved · warning · 1 events");
        var resolved = await RunAsync("issues", "resolve", issue);
        resolved.Code.ShouldBe(Done, resolved.Errors);
        resolved.Output.Trim().ShouldBe($"{issue} is resolved.");
        (await RunAsync("issues", "list")).Output.ShouldContain("0 issues");
        (await RunAsync("issues", "list", "-q", "is:resolved")).Output.ShouldContain(issue);
    }

    [Fact]
    public async Task What_goes_wrong_has_its_exit_code_and_a_sentence()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        string[] here = ["--server", $"{server.Address}", "--token", ServerProcess.Token];
        var nobody = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        (string[] Line, int Code, string Sentence)[] cases =
        [
            (["issues", "list"], NotLoggedIn, "Not logged in"),
            (["issues", "list", "--server", $"{server.Address}", "--token", "sntrys_wrong"], NotLoggedIn, "401"),
            (["issues", "show", "SHOP-404", .. here], NotFound, "404"),
            (["issues", "resolve", "SHOP-404", .. here], NotFound, "404"),
            (["issues", "list", .. here, "-o", "nowhere"], NotFound, "404"),
            (["issues", "list", "--server", nobody, "--token", "x"], Unreachable, "cannot be reached"),
            (["send", server.Dsn.Replace("/42", "/43", StringComparison.Ordinal)], 1, "403"),
            (["send", "not-a-dsn"], Usage, "is not a DSN"),
            (
                ["send", $"{nobody.Replace("//", $"//{ServerProcess.Key}@", StringComparison.Ordinal)}/42"],
                Unreachable,
                "cannot be reached"
            ),
            (["login", "--server", $"{server.Address}"], Usage, "--token"),
            (["login", "--server", $"{server.Address}", "--token", "sntrys_wrong"], NotLoggedIn, "401"),
            (["issues", "frobnicate"], Usage, "--help"),
        ];
        foreach (var (line, code, sentence) in cases)
        {
            var ran = await RunAsync(line);
            ran.Code.ShouldBe(code, $"{string.Join(' ', line)}\n{ran.Output}\n{ran.Errors}");
            ran.Errors.ShouldContain(sentence);
        }
    }

    async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = home;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Built beside us, in the same configuration.</summary>
    static string Program()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, "src/Tocsin.Cli/bin", framework.Parent.Name, framework.Name, "tocsin.dll");
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
